//! Where the services of one server are called, and in which version.

use crate::service::Service;

/// The way to one service.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) service: &'static Service,
    /// The path of the endpoint.
    pub(crate) endpoint: String,
    /// The API version that the server is asked to act in.
    pub(crate) version: String,
}

impl Route {
    /// The way that the service's description tells.
    fn usual(service: &'static Service) -> Self {
        Self {
            service,
            endpoint: service.endpoint.to_owned(),
            version: service.version.to_owned(),
        }
    }
}

/// The ways to the services of a server, as far as they differ from the usual ones. One of them is what a connection is
/// turned to, and set up by its methods.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    /// The service that sessions are opened on.
    home: Route,
    others: Vec<Route>,
    /// The place among the others of the one that is turned to; none for home.
    current: Option<usize>,
}

/// Where a call goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) version: &'a str,
    /// Whether it is the service that sessions are opened on.
    pub(crate) is_home: bool,
}

impl Routes {
    /// The usual ways, turned to a service, which is home.
    pub(crate) fn new(service: &'static Service) -> Self {
        Self {
            home: Route::usual(service),
            others: Vec::new(),
            current: None,
        }
    }

    /// The way to the service that is turned to.
    pub(crate) fn current(&self) -> &Route {
        let other = self.current.and_then(|place| self.others.get(place));
        other.unwrap_or(&self.home)
    }

    /// The same, to be changed.
    pub(crate) fn current_mut(&mut self) -> &mut Route {
        let other = self.current.and_then(|place| self.others.get_mut(place));
        other.unwrap_or(&mut self.home)
    }

    /// Turns to a service.
    pub(crate) fn turn_to(&mut self, service: &'static Service) {
        self.current = if is_same(self.home.service, service) {
            None
        } else {
            Some(self.place_of(service).unwrap_or_else(|| {
                self.others.push(Route::usual(service));
                self.others.len() - 1
            }))
        };
    }

    /// Where calls of a service go, whatever is turned to.
    pub(crate) fn to(&self, service: &'static Service) -> Target<'_> {
        let is_home = is_same(self.home.service, service);
        let other = self
            .place_of(service)
            .and_then(|place| self.others.get(place));
        match other.or(is_home.then_some(&self.home)) {
            Some(route) => Target {
                endpoint: &route.endpoint,
                version: &route.version,
                is_home,
            },
            None => Target {
                endpoint: service.endpoint,
                version: service.version,
                is_home,
            },
        }
    }

    fn place_of(&self, service: &Service) -> Option<usize> {
        let mut others = self.others.iter();
        others.position(|route| is_same(route.service, service))
    }
}

/// Whether two descriptions are of one service: a program may have several of the same, such as a part of its own making.
fn is_same(one: &Service, other: &Service) -> bool {
    one.namespace == other.namespace
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn service(name: &'static str, endpoint: &'static str) -> Service {
        Service {
            name,
            namespace: name,
            version: "9",
            endpoint,
            versions: &[],
        }
    }

    static HOME: Service = service("vim25", "/sdk");
    static PART: Service = service("vim25", "/elsewhere");
    static OTHER: Service = service("pbm", "/pbm/sdk");

    fn target<'a>(routes: &'a Routes, service: &'static Service) -> (&'a str, &'a str, bool) {
        let target = routes.to(service);
        (target.endpoint, target.version, target.is_home)
    }

    #[test]
    fn each_service_is_called_where_it_is() {
        let mut routes = Routes::new(&HOME);
        routes.current_mut().version = "8".to_owned();
        assert_eq!(target(&routes, &HOME), ("/sdk", "8", true));
        assert_eq!(target(&routes, &PART), ("/sdk", "8", true));
        assert_eq!(target(&routes, &OTHER), ("/pbm/sdk", "9", false));
    }

    #[test]
    fn what_is_set_holds_for_the_service_that_is_turned_to() {
        let mut routes = Routes::new(&HOME);
        for endpoint in ["/a", "/b"] {
            routes.turn_to(&OTHER);
            routes.current_mut().endpoint = endpoint.to_owned();
            assert_eq!(routes.current().endpoint, endpoint);
            assert_eq!(target(&routes, &OTHER), (endpoint, "9", false));
            assert_eq!(target(&routes, &HOME), ("/sdk", "9", true));
        }
        routes.turn_to(&PART);
        assert_eq!(routes.current().endpoint, "/sdk");
    }
}

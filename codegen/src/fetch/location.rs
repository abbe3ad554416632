//! Where documents are on a server, and how they name each other.

use vmomi_runtime::transport::ServerUrl;

/// Where a document names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Location {
    /// On the same server, under this path and query.
    Here(String),
    /// Somewhere else, or in no form that can be followed.
    Elsewhere,
}

/// Where a location in the document of a path leads.
pub(super) fn resolve(server: &ServerUrl, base: &str, location: &str) -> Location {
    let location = location.split('#').next().unwrap_or_default().trim();
    let is_url = location.split_once("://").is_some();
    if is_url {
        let (url, query) = match location.split_once('?') {
            Some((url, query)) => (url, Some(query)),
            None => (location, None),
        };
        return match url.parse::<ServerUrl>() {
            Ok(url) if url.scheme() == server.scheme() && url.address() == server.address() => {
                let path = normalized(url.path());
                Location::Here(match query {
                    Some(query) => format!("{path}?{query}"),
                    None => path,
                })
            }
            _ => Location::Elsewhere,
        };
    }
    if location.starts_with("//") || location.contains('\\') {
        return Location::Elsewhere;
    }
    let base = base.split('?').next().unwrap_or_default();
    let (path, query) = match location.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (location, None),
    };
    let path = if path.is_empty() {
        base.to_owned()
    } else if path.starts_with('/') {
        normalized(path)
    } else {
        let folder = base.rfind('/').map_or("/", |slash| &base[..=slash]);
        normalized(&format!("{folder}{path}"))
    };
    Location::Here(match query {
        Some(query) => format!("{path}?{query}"),
        None => path,
    })
}

/// A path without `.` and `..`, which never lead above the root.
fn normalized(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Where a service may serve its description, the likeliest first, given the path of its endpoint.
pub(super) fn candidates(endpoint: &str) -> Vec<String> {
    let endpoint = endpoint.trim_end_matches('/');
    if endpoint.ends_with(".wsdl") {
        return vec![endpoint.to_owned()];
    }
    let endpoint = if endpoint.is_empty() {
        "/sdk"
    } else {
        endpoint
    };
    let mut candidates = Vec::new();
    if let Some(service) = service(endpoint) {
        candidates.push(format!("{endpoint}/{service}Service.wsdl"));
        candidates.push(format!("{endpoint}/{service}Service?wsdl"));
    }
    candidates.push(format!("{endpoint}?wsdl"));
    candidates
}

/// Where a service may tell the versions that it speaks.
pub(super) fn versions(endpoint: &str) -> Option<String> {
    let endpoint = endpoint.trim_end_matches('/');
    let endpoint = match endpoint.rsplit_once('/') {
        Some((folder, name)) if name.ends_with(".wsdl") => folder,
        _ if endpoint.is_empty() => "/sdk",
        _ => endpoint,
    };
    Some(format!(
        "{endpoint}/{}ServiceVersions.xml",
        service(endpoint)?
    ))
}

/// The name in the file names of the service of an endpoint: `/sdk` is vim's, `/pbm/sdk` and `/pbm` are pbm's.
fn service(endpoint: &str) -> Option<&str> {
    match endpoint.strip_suffix("/sdk").unwrap_or(endpoint) {
        "" => Some("vim"),
        "/vsanHealth" => Some("vsan"),
        path => path.rsplit('/').next().filter(|name| !name.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_lead_to_paths_on_the_server() {
        let server: ServerUrl = "https://user:secret@vc.example/sdk".parse().expect("a URL");
        for (base, location, expected) in [
            ("/sdk/vimService.wsdl", "vim.wsdl", Some("/sdk/vim.wsdl")),
            (
                "/sdk/vimService.wsdl",
                " ./a/../vim.wsdl#x",
                Some("/sdk/vim.wsdl"),
            ),
            (
                "/pbm/sdk/pbm.wsdl",
                "../../sdk/core-types.xsd",
                Some("/sdk/core-types.xsd"),
            ),
            ("/sdk/vim.wsdl", "/other/a.xsd", Some("/other/a.xsd")),
            ("/sdk/vim.wsdl", "/../../etc/a.xsd", Some("/etc/a.xsd")),
            ("/sdk/vimService?wsdl", "vim?xsd=1", Some("/sdk/vim?xsd=1")),
            (
                "/sdk/vimService?wsdl",
                "?xsd=1",
                Some("/sdk/vimService?xsd=1"),
            ),
            (
                "/sdk/a.wsdl",
                "https://vc.example:443/b.xsd?c",
                Some("/b.xsd?c"),
            ),
            ("/sdk/a.wsdl", "https://other.example/b.xsd", None),
            ("/sdk/a.wsdl", "http://vc.example/b.xsd", None),
            ("/sdk/a.wsdl", "file:///etc/passwd", None),
            ("/sdk/a.wsdl", "//other.example/b.xsd", None),
            ("/sdk/a.wsdl", "..\\b.xsd", None),
        ] {
            let expected =
                expected.map_or(Location::Elsewhere, |path| Location::Here(path.to_owned()));
            assert_eq!(resolve(&server, base, location), expected, "{location}");
        }
    }

    #[test]
    fn services_are_looked_for_where_servers_have_them() {
        assert_eq!(
            candidates("/sdk"),
            ["/sdk/vimService.wsdl", "/sdk/vimService?wsdl", "/sdk?wsdl"]
        );
        assert_eq!(candidates("/"), candidates("/sdk/"));
        assert_eq!(candidates("/pbm/sdk")[0], "/pbm/sdk/pbmService.wsdl");
        assert_eq!(candidates("/pbm")[0], "/pbm/pbmService.wsdl");
        assert_eq!(candidates("/vsanHealth")[0], "/vsanHealth/vsanService.wsdl");
        assert_eq!(candidates("/sdk/vim.wsdl"), ["/sdk/vim.wsdl"]);
        assert_eq!(
            versions("/sdk").as_deref(),
            Some("/sdk/vimServiceVersions.xml")
        );
        assert_eq!(versions("/sdk/vim.wsdl"), versions("/sdk"));
    }
}

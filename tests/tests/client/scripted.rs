//! A transport that answers from a script: what is expected, and what is answered.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use vmomi::transport::{BoxFuture, Request, Response, Transport, TransportError};
use vmomi::{Client, Credentials};

/// The operation that must be called next, what its request must hold, and the answer's body.
type Step = (&'static str, &'static str, String);

#[derive(Clone, Debug)]
pub struct Scripted(Arc<Mutex<VecDeque<Step>>>);

impl Scripted {
    /// A client that is logged in to a server which answers by the script.
    pub async fn connect(steps: impl IntoIterator<Item = Step>) -> (Client, Self) {
        const CONTENT: &str = r#"<returnval>
            <rootFolder type="Folder">group-d1</rootFolder>
            <propertyCollector type="PropertyCollector">propertyCollector</propertyCollector>
            <viewManager type="ViewManager">ViewManager</viewManager>
            <about><name>script</name><fullName>script</fullName><vendor>test</vendor>
              <version>9.1</version><build>1</build><osType>none</osType>
              <productLineId>vpx</productLineId><apiType>VirtualCenter</apiType>
              <apiVersion>9.1.1.0</apiVersion></about>
            <sessionManager type="SessionManager">SessionManager</sessionManager></returnval>"#;
        let login =
            "<returnval><key>1</key><userName>u</userName><fullName>u</fullName></returnval>";
        let mut script: VecDeque<Step> = VecDeque::new();
        script.push_back(("RetrieveServiceContent", "", CONTENT.to_owned()));
        script.push_back(("Login", "", login.to_owned()));
        script.extend(steps);
        let transport = Self(Arc::new(Mutex::new(script)));
        let client = Client::builder("http://script.invalid/sdk")
            .unwrap()
            .credentials(Credentials::password("u", "p"))
            .version("9.1.1.0")
            .connect_through(transport.clone())
            .await
            .unwrap();
        (client, transport)
    }

    /// How many steps were not taken.
    pub fn left(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let body = String::from_utf8(request.body.to_vec()).unwrap();
        let (operation, holds, answer) = self.0.lock().unwrap().pop_front().unwrap();
        assert!(body.contains(&format!("<{operation} ")), "{body}");
        assert!(body.contains(holds), "{body}");
        let fault = answer.starts_with("<faultcode>");
        let name = if fault {
            "soapenv:Fault".to_owned()
        } else {
            format!("{operation}Response")
        };
        let envelope = format!(
            r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="urn:vim25">
                <soapenv:Body><{name}>{answer}</{name}></soapenv:Body></soapenv:Envelope>"#
        );
        let status = if fault {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::OK
        };
        let response = Response::complete(status, HeaderMap::new(), envelope);
        Box::pin(std::future::ready(Ok(response)))
    }
}

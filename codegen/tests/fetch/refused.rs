//! Answers that make no set: each is told, and nothing is written.

use crate::program::{Done, run};
use crate::served::{Answer, Site};
use crate::transport_support::certificates::Identity;
use crate::transport_support::{Peer, Server};

/// What the program says of a site, with its address left out.
async fn refusal(site: Site) -> String {
    let identity = Identity::self_signed("127.0.0.1", false);
    let (server, _) = site.serve(&identity).await;
    refusal_of(&server, &["--insecure"]).await
}

async fn refusal_of(server: &Server, arguments: &[&str]) -> String {
    let here = tempfile::tempdir().expect("a folder");
    let from = server.url().to_string().replace("/sdk", "/small/sdk");
    let fixed = ["fetch", "--from", &from, "--out", "deep/wsdl"];
    let Done { code, out, error } = run(here.path(), &[&fixed[..], arguments].concat()).await;
    assert_eq!((code, &*out), (Some(1), ""), "{error}");
    let entries = std::fs::read_dir(here.path()).expect("the folder").count();
    assert_eq!(entries, 0, "nothing is written");
    error.replace(&server.address.to_string(), "HOST")
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_there() {
    let said = refusal(Site::default()).await;
    assert_eq!(
        said,
        "error: the server has no WSDL there: https://HOST/small/sdk/smallService.wsdl, \
         https://HOST/small/sdk/smallService?wsdl, https://HOST/small/sdk?wsdl not found\n  \
         help: name the endpoint of a service, such as https://HOST/sdk, or the URL of its .wsdl\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_include_that_is_missing() {
    let said = refusal(Site::small().without("/small/sdk/common.xsd")).await;
    assert!(
        said.starts_with(
            "error: cannot fetch https://HOST/small/sdk/common.xsd, which https://HOST/small/sdk/smallService.wsdl names: \
             it is not there (status 404)\n  help: "
        ),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_page() {
    let page = "\n<!DOCTYPE HTML>\n<html><body>Log in</body></html>";
    let said = refusal(Site::small().with("/small/sdk/small.xsd", page)).await;
    assert!(
        said.ends_with(
            ": it is an HTML page, not WSDL or XSD\n  help: it may be a login page, or that of a proxy on the way\n"
        ),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_that_are_cut_off() {
    let small = Site::small();
    let document = small.document("/small/sdk/small.xsd").to_vec();
    let cut_off = Answer::CutOff(document.clone());
    let said = refusal(small.clone().answering("/small/sdk/small.xsd", cut_off)).await;
    assert!(said.contains("small.xsd, which "), "{said}");
    assert!(
        said.contains("the connection closed before the answer was complete")
            && said.contains("fetch it again"),
        "{said}"
    );
    // Complete as far as the connection knows.
    let half = document[..document.len() / 2].to_vec();
    let said = refusal(small.with("/small/sdk/small.xsd", half)).await;
    assert!(
        said.contains("it is not complete XML: ") && said.contains("fetch it again"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_that_are_something_else() {
    for (document, cause) in [
        (&b""[..], "it is empty"),
        (b"{}", "it is not XML"),
        (b"\xff\xfe<\0", "it is not UTF-8 text"),
        (
            b"<svg/>",
            "its root element `svg` is neither WSDL's nor XSD's",
        ),
        (
            b"<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>",
            "it is not complete XML",
        ),
    ] {
        let said = refusal(Site::small().with("/small/sdk/small.xsd", document)).await;
        assert!(
            said.contains(&format!("smallService.wsdl names: {cause}")),
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_other_status() {
    for (status, headers, cause) in [
        (
            "302 Found",
            "Location: https://other.example/ui?token=s3cr3t\r\n",
            "the server redirects to https://other.example/ui (status 302), which is not followed\n  \
             help: if that is where you want to fetch from, name https://other.example/ui",
        ),
        (
            "401 Unauthorized",
            "",
            "the server answers with status 401\n  help: the server gives",
        ),
        (
            "503 Service Unavailable",
            "",
            "the server answers with status 503\n  help: the server is not able",
        ),
    ] {
        let path = "/small/sdk/smallService.wsdl";
        let said = refusal(Site::small().answering(path, Answer::Status(status, headers))).await;
        assert!(said.contains(cause), "{said}");
        assert!(!said.contains("s3cr3t"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_elsewhere() {
    let site = Site::small().moved(
        "/small/sdk/small.xsd",
        "/small/sdk/small.xsd",
        &[(
            "schemaLocation=\"common.xsd\"",
            "schemaLocation=\"https://other.example/common.xsd\"",
        )],
    );
    let said = refusal(site).await;
    assert_eq!(
        said,
        "error: https://HOST/small/sdk/small.xsd names `https://other.example/common.xsd`, which is not on that server \
         and is not fetched\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sets_without_end() {
    // Each document names the next one.
    let page = |number: usize| {
        format!(
            "<schema xmlns=\"http://www.w3.org/2001/XMLSchema\"><include schemaLocation=\"{}.xsd\"/></schema>",
            number + 1
        )
    };
    let mut site = Site::default().with("/small/sdk/smallService.wsdl", page(0));
    for number in 1..210 {
        site = site.with(&format!("/small/sdk/{number}.xsd"), page(number));
    }
    let said = refusal(site).await;
    assert_eq!(said, "error: the description has more than 200 documents\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_do_not_answer() {
    let silent = Server::https(
        Identity::self_signed("127.0.0.1", false).server(),
        Peer::hang,
    )
    .await;
    let said = refusal_of(&silent, &["--insecure", "--timeout", "1"]).await;
    assert!(said.contains("no answer within 1s"), "{said}");

    let here = tempfile::tempdir().expect("a folder");
    let gone = {
        let server = Server::http(Peer::hang).await;
        server.address
    };
    // The listener goes with its task, which is aborted and not awaited.
    while tokio::net::TcpStream::connect(gone).await.is_ok() {
        tokio::task::yield_now().await;
    }
    let from = format!("https://user:s3cr3t@{gone}/sdk");
    let done = run(here.path(), &["fetch", "--from", &from, "--out", "wsdl"]).await;
    assert_eq!(done.code, Some(1));
    assert!(
        done.error.contains(&format!("cannot connect to {gone}"))
            && done.error.contains("is it up?"),
        "{}",
        done.error
    );
    assert!(!done.error.contains("s3cr3t"), "{}", done.error);
}

#[tokio::test(flavor = "multi_thread")]
async fn urls_that_are_none() {
    let here = tempfile::tempdir().expect("a folder");
    for from in [
        "vc.example",
        "ftp://u:s3cr3t@vc.example",
        "https://u:s3cr3t/x@vc.example",
    ] {
        let done = run(here.path(), &["fetch", "--from", from, "--out", "wsdl"]).await;
        assert_eq!(done.code, Some(1));
        assert!(
            done.error.starts_with("error: the URL cannot be used: "),
            "{}",
            done.error
        );
        assert!(!done.error.contains("s3cr3t"), "{}", done.error);
    }
}

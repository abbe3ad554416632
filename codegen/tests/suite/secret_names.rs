//! Secrets that are recognised by their names, where no catalog tells what is one.

use vmomi_codegen::model::{Field, Model};
use vmomi_codegen::settings::SecretNames;
use vmomi_codegen::{Settings, generate};

use crate::support::{complex, folder, model_of, schema};

/// A type with what is named like a secret, in every kind of value.
fn types() -> String {
    let fields = [
        "name=\"userName\" type=\"xsd:string\"",
        "name=\"password\" type=\"xsd:string\" minOccurs=\"0\"",
        "name=\"oldPassword\" type=\"xsd:string\" maxOccurs=\"unbounded\"",
        "name=\"token\" type=\"xsd:base64Binary\"",
        "name=\"ticket\" type=\"xsd:anyURI\"",
        "name=\"secret\" type=\"xsd:anyType\"",
        "name=\"cookies\" type=\"t:ArrayOfString\"",
        "name=\"tokenType\" type=\"xsd:string\"",
        "name=\"passwordCount\" type=\"xsd:int\"",
        "name=\"pin\" type=\"xsd:int\"",
        "name=\"credentials\" type=\"t:Credentials\"",
    ];
    let array = "<complexType name=\"ArrayOfString\"><sequence><element name=\"string\" type=\"xsd:string\" \
                 minOccurs=\"0\" maxOccurs=\"unbounded\"/></sequence></complexType>";
    let credentials = complex(
        "Credentials",
        None,
        &["name=\"password\" type=\"xsd:string\""],
    );
    [
        complex("Login", None, &fields),
        credentials,
        array.to_owned(),
    ]
    .concat()
}

fn secrets(fields: &[Field]) -> Vec<&str> {
    let secrets = fields.iter().filter(|field| field.secret);
    secrets.map(|field| field.name.as_str()).collect()
}

fn fields<'m>(model: &'m Model, name: &str) -> &'m [Field] {
    &model[model.data_object(name).expect("there")].fields
}

/// The warnings, and what is marked in the code.
fn generated(settings: &Settings) -> (Vec<String>, usize) {
    let generated =
        generate(&model_of(&types()), settings).unwrap_or_else(|error| panic!("{error}"));
    let warnings = generated.warnings.iter().map(ToString::to_string);
    let text: String = generated.files.into_values().collect();
    (warnings.collect(), text.matches(", secret)]").count())
}

#[test]
fn text_that_is_named_like_a_secret_is_one() {
    let model = model_of(&types());
    assert_eq!(
        secrets(fields(&model, "Login")),
        [
            "password",
            "oldPassword",
            "token",
            "ticket",
            "secret",
            "cookies"
        ]
    );
    assert_eq!(secrets(fields(&model, "Credentials")), ["password"]);
}

#[test]
fn a_warning_names_them_and_counts() {
    let (warnings, marked) = generated(&Settings::default());
    assert_eq!(marked, 7);
    assert_eq!(
        warnings,
        [
            "warning: 7 members are taken for secrets by their names: `cookies`, `oldPassword`, `password` (2 times), \
             `secret`, `ticket`, `token`\n  help: nothing shows them; to decide, say `secret(\"*.cookies\", true)` or \
             `false`, and for all of them `secret_names(SecretNames::Accept)` or `Ignore` (--secret-names accept, ignore)"
        ]
    );
}

#[test]
fn rules_decide_and_what_they_decide_is_not_warned_of() {
    let mut settings = Settings::default();
    settings
        .secret("*.*", false)
        .secret("*.password", true)
        .secret("Login.userName", true);
    assert_eq!(generated(&settings), (Vec::new(), 3));
    let mut settings = Settings::default();
    settings
        .secret("*.password", true)
        .secret("Login.t*", false);
    let (warnings, marked) = generated(&settings);
    assert_eq!(marked, 5);
    assert!(
        warnings[0].contains("3 members") && !warnings[0].contains("password"),
        "{warnings:?}"
    );
}

#[test]
fn all_of_them_can_be_accepted_or_ignored() {
    let with = |names| {
        let mut settings = Settings::default();
        settings.secret_names(names);
        generated(&settings)
    };
    assert_eq!(with(SecretNames::Accept), (Vec::new(), 7));
    assert_eq!(with(SecretNames::Ignore), (Vec::new(), 0));
    let mut settings = Settings::default();
    settings
        .secret_names(SecretNames::Ignore)
        .secret("Login.token", true);
    assert_eq!(generated(&settings), (Vec::new(), 1));
}

#[test]
fn who_wants_no_warnings_can_have_secrets() {
    let files = folder(&[("types.xsd", &schema(&types()))]);
    let builder = || {
        vmomi_codegen::Builder::new()
            .wsdl(files.path())
            .deny_warnings()
    };
    let error = builder().render().expect_err("a warning");
    assert!(error.to_string().contains("by their names"), "{error}");
    assert!(builder().secret_names(SecretNames::Accept).render().is_ok());
    assert!(builder().secret("*.*", false).render().is_ok());
}

#[test]
fn only_members_can_be_secrets() {
    let mut settings = Settings::default();
    settings.secret("Login", true);
    let error = generate(&model_of(&types()), &settings).expect_err("a type");
    assert_eq!(
        error.to_string(),
        "error: secret(\"Login\", true): it is about data objects, which cannot have it"
    );
}

/// What the catalogs mark, and what the names say.
#[cfg(feature = "bundled")]
mod beside_catalogs {
    use std::collections::BTreeSet;

    use vmomi_codegen::Builder;
    use vmomi_codegen::model::{Field, Model, NamespaceId};

    const SERVICES: [&str; 6] = ["eam", "pbm", "sms", "vim25", "vsan", "vslm"];

    /// What is named like a secret and is not marked: where in a list of results one's own session is.
    const NO_SECRETS: [&str; 5] = [
        "CancelRetrievePropertiesEx.token",
        "ContinueRetrievePropertiesEx.token",
        "DiagnosticManagerAuditRecordResult.nextToken",
        "FetchAuditRecords.token",
        "RetrieveResult.token",
    ];

    /// What is marked and has no name that tells: the reasons are in the vendor's tables, or beside the marks in
    /// `wsdl/vmomi_wsdl/secrets.py`.
    const NOT_NAMED: [&str; 8] = [
        "CustomizationPassword.value",
        "PasswordField.value",
        "ProvisionServerPrivateKey.key",
        "SessionManagerGenericServiceTicket.id",
        "UserSession.key",
        "VAppPropertyInfo.defaultValue",
        "VAppPropertyInfo.value",
        "VirtualMachineTicket.url",
    ];

    fn secrets(service: &str, catalogs: bool) -> BTreeSet<String> {
        let builder = Builder::new().bundled(service);
        let builder = if catalogs {
            builder
        } else {
            builder.ignore_catalogs()
        };
        let model = builder.model().unwrap_or_else(|error| panic!("{error}"));
        let mut found = BTreeSet::new();
        let mut add = |model: &Model, namespace: NamespaceId, owner: &str, fields: &[Field]| {
            let is_own = model[namespace].short == service;
            let secrets = fields.iter().filter(|field| is_own && field.secret);
            found.extend(secrets.map(|field| format!("{owner}.{}", field.name)));
        };
        for object in &model.data_objects {
            add(&model, object.namespace, &object.name, &object.fields);
        }
        for operation in &model.operations {
            let namespace = model[operation.service].namespace;
            add(&model, namespace, &operation.name, &operation.parameters);
        }
        found
    }

    #[test]
    fn what_is_named_like_a_secret_is_marked_in_the_bundled_descriptions() {
        let (mut unmarked, mut unnamed, mut both) = (Vec::new(), Vec::new(), 0);
        for service in SERVICES {
            let (marked, named) = (secrets(service, true), secrets(service, false));
            unmarked.extend(named.difference(&marked).cloned());
            unnamed.extend(marked.difference(&named).cloned());
            both += marked.intersection(&named).count();
        }
        unmarked.sort();
        unnamed.sort();
        assert_eq!(unmarked, NO_SECRETS);
        assert_eq!(unnamed, NOT_NAMED);
        assert!(both > 85, "{both}");
    }
}

//! Versions and secrets are in the tables; what is secret is not shown.

use vmomi_runtime::{DataObject, Since, Stub};

use super::api::test::{Account, Manager, SERVICE, SubManager, TYPES, versions};
use crate::round_trip;

pub fn check() {
    let account = Account {
        name: "root".into(),
        password: Some("hidden".into()),
        keys: vec!["hidden".into()],
        late: Some(1),
        ..Default::default()
    };
    round_trip::same(&TYPES, &account);
    let shown = format!("{account:?}");
    assert!(!shown.contains("root") && !shown.contains("hidden"), "{shown}");
    let revealed = account.revealed().to_string();
    assert!(
        revealed.contains("root") && !revealed.contains("hidden"),
        "{revealed}"
    );

    let info = Account::type_info();
    assert_eq!(info.since(), versions::V1_0);
    let field = |name| info.own_fields().iter().find(|field| field.name() == name);
    let since = |name| field(name).map(|field| field.since());
    assert_eq!(since("name"), Some(versions::V1_0));
    assert_eq!(since("late"), Some(versions::V2_0));
    assert_eq!(
        since("keys"),
        Some(Since::UNKNOWN),
        "the catalogue does not say"
    );
    assert_eq!(since("odd"), Some(Since::UNKNOWN), "no such version");
    assert!(field("password").is_some_and(|field| field.is_secret()));
    assert!(field("name").is_some_and(|field| !field.is_secret()));

    assert_eq!(SERVICE.versions, ["1.0", "2.0"]);
    assert_eq!((SERVICE.version, SERVICE.endpoint), ("2.0", "/test/sdk"));
    assert_eq!(SubManager::TYPE.base.map(|base| base.name), Some("Manager"));
    assert_eq!(Manager::TYPE.properties.len(), 3);
    let inherited = SubManager::TYPE.property("secretKey");
    assert_eq!(
        inherited.map(|property| property.since()),
        Some(versions::V2_0)
    );
}

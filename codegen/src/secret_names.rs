//! Secrets by their names: which fields hold passwords, tickets and the like where no catalog says so.
//!
//! Only text can be a secret here: strings, URIs, binary data and `xsd:anyType`, and lists of them. A field of a data
//! object is not one, since the fields within that object have names of their own.

use crate::model::{Field, Model, NamespaceId, Scalar, Shape, TypeRef};
use crate::settings::Subject;

/// Stems that make a name that of a secret wherever they are in it: `esxRootPassword`, `ESXPASSWORD`.
const STEMS: [&str; 5] = ["password", "passwd", "passphrase", "passcode", "credential"];

/// Words that do so as a word of the name: `chapSecret`, `cloneTicket`, `sessionCookie`.
const WORDS: [&str; 19] = [
    "pwd",
    "secret",
    "secrets",
    "token",
    "tokens",
    "ticket",
    "tickets",
    "cookie",
    "cookies",
    // Those of SNMP versions 1 and 2.
    "community",
    "communities",
    "assertion",
    "jwt",
    "psk",
    "otp",
    "totp",
    "bearer",
    "pin",
    "pins",
];

/// What comes before `key` or `keys` in the name of a secret: `privateKey`, `hostLicenseKeys`.
const KEYS: [&str; 13] = [
    "private",
    "secret",
    "license",
    "licence",
    "api",
    "access",
    "shared",
    "signing",
    "encryption",
    "decryption",
    "derivation",
    "wrapped",
    "client",
];

/// Names of secrets as a whole, which mean something else as a part of another.
const WHOLE: [&str; 8] = [
    "session_key",
    "session_id",
    "session_ids",
    "session_identifier",
    "key_data",
    "key_material",
    "license_content",
    "authorization_header",
];

/// The last word of a name that tells of a secret and is not one itself: `ticketType`, `passwordExpirationDate`.
const ABOUT: &str = "\
    age algorithm allowed change changed class count date days description enabled error \
    expiration expired expires expiry fingerprint format health hint history id identifier ids \
    index info issuer kind label length limit method mode name names options path paths policy \
    prefix protocol provider required scheme scope server service size source state status \
    storage thumbprint time timeout type types version";

/// Marks the fields and parameters that are named like secrets, in every namespace that no catalog is about.
pub(crate) fn mark(model: &mut Model) {
    for id in model.data_object_ids() {
        for place in 0..model[id].fields.len() {
            let object = &model[id];
            let is_found =
                !is_catalogued(model, object.namespace) && is_secret(model, &object.fields[place]);
            model.data_objects[id.index()].fields[place].secret |= is_found;
        }
    }
    for id in model.operation_ids() {
        for place in 0..model[id].parameters.len() {
            let operation = &model[id];
            let namespace = model[operation.service].namespace;
            let is_found =
                !is_catalogued(model, namespace) && is_secret(model, &operation.parameters[place]);
            model.operations[id.index()].parameters[place].secret |= is_found;
        }
    }
}

/// What was marked, in the order of the model.
pub(crate) fn recognised(model: &Model) -> Vec<Subject> {
    let places = |fields: &[Field]| -> Vec<usize> {
        let fields = fields.iter().enumerate();
        fields
            .filter(|(_, field)| field.secret)
            .map(|(place, _)| place)
            .collect()
    };
    let objects = model.data_object_ids();
    let objects = objects.filter(|id| !is_catalogued(model, model[*id].namespace));
    let fields = objects.flat_map(|id| {
        let places = places(&model[id].fields).into_iter();
        places.map(move |place| Subject::Field(id, place))
    });
    let operations = model.operation_ids();
    let operations =
        operations.filter(|id| !is_catalogued(model, model[model[*id].service].namespace));
    let parameters = operations.flat_map(|id| {
        let places = places(&model[id].parameters).into_iter();
        places.map(move |place| Subject::Parameter(id, place))
    });
    fields.chain(parameters).collect()
}

/// Whether a catalog is about the namespace, so that it is known what is a secret there.
fn is_catalogued(model: &Model, namespace: NamespaceId) -> bool {
    let mut services = model.services.iter();
    services.any(|service| service.namespace == namespace && service.catalogued)
}

fn is_secret(model: &Model, field: &Field) -> bool {
    is_text(model, field.shape) && is_secret_name(&field.name)
}

/// Whether a value of the shape can hold text.
fn is_text(model: &Model, shape: Shape) -> bool {
    let of = match shape.of {
        TypeRef::Array(array) => model[array].of,
        of => of,
    };
    matches!(
        of,
        TypeRef::Any | TypeRef::Scalar(Scalar::String | Scalar::Base64Binary | Scalar::AnyUri)
    )
}

/// Whether a wire name is that of a secret.
fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let plain = name.to_ascii_lowercase();
    let has = |word: &&str| words.iter().any(|found| found == word);
    let is_key = words
        .windows(2)
        .any(|pair| KEYS.contains(&&*pair[0]) && matches!(&*pair[1], "key" | "keys"));
    let last = words.last().map_or("", |word| word);
    let is_whole = WHOLE.contains(&&*words.join("_"));
    // `license` in `AddHost` takes the key.
    let is_license = matches!(last, "license" | "licence");
    // Of what is between pages of results, `token` alone is so named too: better hidden than shown.
    let is_named = STEMS.iter().any(|stem| plain.contains(stem)) || WORDS.iter().any(has) || is_key;
    is_whole || is_license || is_named && !ABOUT.split_ascii_whitespace().any(|about| about == last)
}

/// The words of a name in camel case, in lower case: `sessionID2` has `session`, `id` and `2`.
fn words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (place, &character) in characters.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(place + 1);
        let begins = before.is_some_and(|before| {
            let rises = character.is_uppercase() && !before.is_uppercase();
            // The last capital of several belongs to the next word: `URLPath`.
            let ends_acronym =
                character.is_uppercase() && after.is_some_and(|after| after.is_lowercase());
            rises || ends_acronym || character.is_ascii_digit() != before.is_ascii_digit()
        });
        if begins || !character.is_alphanumeric() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::{is_secret_name, words};

    #[test]
    fn names_are_taken_apart() {
        for (name, expected) in [
            ("sessionID2", &["session", "id", "2"][..]),
            ("URLPath", &["url", "path"]),
            ("base64Token", &["base", "64", "token"]),
            ("user_name", &["user", "name"]),
            ("", &[]),
        ] {
            assert_eq!(words(name), expected);
        }
    }

    #[test]
    fn names_of_secrets_are_recognised() {
        for name in [
            "password",
            "esxRootPassword",
            "ESXPASSWORD",
            "datastorePrincipalPasswd",
            "vimAccountPassword",
            "passPhrase2passphrase",
            "passwordHash",
            "credentials",
            "chapSecret",
            "userSecretAttachToTarget",
            "token",
            "sspiToken",
            "base64Token",
            "delegatedTokenXml",
            "ticket",
            "cloneTicket",
            "sessionCookie",
            "sessionKey",
            "sessionId",
            "sessionID",
            "community",
            "readOnlyCommunities",
            "privateKey",
            "secretKey",
            "keyData",
            "keyDerivationKey",
            "clientKey",
            "licenseKey",
            "hostLicenseKey",
            "license",
            "esxLicense",
            "licenseContent",
            "apiKey",
            "pin",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for name in [
            "",
            "key",
            "keyId",
            "keyType",
            "publicKey",
            "portgroupKey",
            "extensionKey",
            "featureKey",
            "labelKey",
            "vspanSessionKey1",
            "keyboard",
            "passthroughEnabled",
            "passiveIp",
            "sharedPassthruGpuTypes",
            "passwordExpiration",
            "passwordExpirationDate",
            "lastPasswordChange",
            "passwordFilePath",
            "ticketType",
            "tokenType",
            "cookieName",
            "credentialId",
            "secretName",
            "privilege",
            "privId",
            "pinnedPnic",
            "snapshotPath",
            "licenseServer",
            "licenseProductName",
            "licensingLimit",
            "userName",
            "login",
            "thumbprint",
            "sslCertificate",
            "certificate",
            "chapName",
            "sessionType",
            "authType",
            "communityOfInterestName",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}

//! No description takes a stack that grows with it, whatever is deep in it: everything runs on 512
//! KiB.

use std::fmt::Write as _;

use vmomi_codegen::diff;
use vmomi_codegen::explain::{self, Text};
use vmomi_codegen::list::{self, Filter};
use vmomi_codegen::model::Model;
use vmomi_codegen::overlay::Overlay;
use vmomi_codegen::select::Selection;
use vmomi_codegen::{Builder, Settings};

use crate::support::{complex, folder, read, schema};

/// How deep things are: far more than frames fit into the stack, and few enough to be quick.
const DEEP: usize = 3_000;

/// Runs something on the smallest stack that is promised.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    let ended = thread.spawn(work).expect("a thread").join();
    ended.expect("it does not fail");
}

/// All that is done with a model; the explanation of one thing in it.
fn use_all_of(model: &Model, explained: &str) -> String {
    let generated = vmomi_codegen::generate(model, &Settings::default());
    let generated = generated.unwrap_or_else(|error| panic!("{error}"));
    assert!(!generated.files.is_empty());
    let compared = diff::compare(model, model);
    assert!(compared.is_empty());
    assert!(list::list(model, &Filter::default()).is_ok_and(|all| !all.is_empty()));
    let all = explain::explain(model, explained).unwrap_or_else(|error| panic!("{error}"));
    let texts: Vec<String> = (all.iter())
        .map(|explanation| Text::new(explanation).complete().to_string())
        .collect();
    texts.join("\n")
}

fn model(types: &str) -> Model {
    read(&[("a.xsd", &schema(types))]).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn elements_may_be_nested() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("<a>", "</a>"),
            ("<sequence>", "</sequence>"),
            ("<annotation><a>", "</a></annotation>"),
            ("<a xmlns='x'>", "</a>"),
        ] {
            let nested = open.repeat(50_000) + &close.repeat(50_000);
            drop(read(&[("a.xsd", &schema(&nested))]));
            let within = format!("<complexType name=\"A\">{nested}</complexType>");
            drop(read(&[("a.xsd", &schema(&within))]));
        }
    });
}

/// Each holds the next, and the last the first: as bases, in required fields, in lists.
#[test]
fn chains_of_types() {
    on_a_small_stack(|| {
        let name = |n: usize| format!("T{n}");
        let mut inherited = complex("T0", None, &[]);
        let mut held = complex(&name(DEEP), None, &["name=\"end\" type=\"xsd:int\""]);
        let mut circular = complex(&name(DEEP), None, &["name=\"a\" type=\"t:T0\""]);
        let mut arrays = String::new();
        for n in 0..DEEP {
            inherited += &complex(&name(n + 1), Some(&name(n)), &[]);
            let next = format!("name=\"f{n}\" type=\"t:T{}\"", n + 1);
            held += &complex(&name(n), None, &[&next]);
            circular += &complex(&name(n), None, &[&next]);
            let items = match n + 1 == DEEP {
                true => "xsd:int".to_owned(),
                false => format!("t:ArrayOfT{}", n + 1),
            };
            let items = format!("name=\"T{n}\" type=\"{items}\" maxOccurs=\"unbounded\"");
            arrays += &complex(&format!("ArrayOfT{n}"), None, &[&items]);
        }
        arrays += &complex("Holder", None, &["name=\"a\" type=\"t:ArrayOfT0\""]);
        let text = use_all_of(&model(&inherited), &name(DEEP));
        assert!(text.contains("T0"), "{text}");
        use_all_of(&model(&inherited), "T0");
        use_all_of(&model(&held), &name(DEEP));
        use_all_of(&model(&circular), "T0");
        use_all_of(&model(&arrays), "Holder");
    });
}

#[test]
fn circles_of_types() {
    on_a_small_stack(|| {
        let (mut extended, mut arrays) = (String::new(), String::new());
        for n in 0..DEEP {
            let next = (n + 1) % DEEP;
            extended += &complex(&format!("T{n}"), Some(&format!("T{next}")), &[]);
            let items = format!("name=\"T{n}\" type=\"t:ArrayOfT{next}\" maxOccurs=\"unbounded\"");
            arrays += &complex(&format!("ArrayOfT{n}"), None, &[&items]);
        }
        for (types, cause) in [
            (extended, "circular inheritance"),
            (arrays, "of that same type"),
        ] {
            let error = read(&[("a.xsd", &schema(&types))]).expect_err(cause);
            assert!(error.to_string().contains(cause), "{cause}");
        }
    });
}

#[test]
fn chains_of_files() {
    on_a_small_stack(|| {
        let mut files = Vec::new();
        for n in 0..DEEP {
            let link = format!("<include schemaLocation=\"f{}.xsd\"/>", (n + 1) % DEEP);
            files.push((format!("f{n}.xsd"), schema(&link)));
        }
        let files: Vec<(&str, &str)> = (files.iter())
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let folder = folder(&files);
        let model = Builder::new().wsdl(folder.path().join("f0.xsd")).model();
        assert!(model.is_ok());
    });
}

/// Names of so many words that each is divided further, and the longest that there may be.
#[test]
fn names_of_many_words() {
    on_a_small_stack(|| {
        let mut types = String::new();
        for n in 0..99 {
            let fields: Vec<String> = (0..300)
                .map(|field| format!("name=\"f{field}\" type=\"xsd:int\""))
                .collect();
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            types += &complex(&"Ab".repeat(n + 1), None, &fields);
        }
        types += &complex(&"日".repeat(66), None, &[]);
        let model = model(&types);
        use_all_of(&model, "Ab");
        let generated = vmomi_codegen::generate(&model, &Settings::default());
        let generated = generated.unwrap_or_else(|error| panic!("{error}"));
        for file in generated.files.keys() {
            let longest = file.split('/').map(str::len).max();
            assert!(longest.is_some_and(|length| length < 250), "{file}");
        }
    });
}

fn small(catalog: &str) -> Vec<(&'static str, String)> {
    let mut files = crate::small::files(&[]);
    for (name, text) in &mut files {
        if *name == "catalog.json" {
            *text = catalog.to_owned();
        }
    }
    files
}

fn read_small(catalog: &str) -> Result<Model, vmomi_codegen::diagnostic::Diagnostics> {
    let files = small(catalog);
    let files: Vec<(&str, &str)> = (files.iter())
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    read(&files)
}

#[test]
fn managed_objects_and_slices() {
    let catalog = std::fs::read_to_string("tests/emit/small/catalog.json").expect("the catalogue");
    on_a_small_stack(move || {
        for is_circle in [false, true] {
            let mut more = String::from("\"managed_objects\": {");
            for n in 0..DEEP {
                let base = match (n + 1 == DEEP, is_circle) {
                    (true, true) => "\"base\": \"M0\",".to_owned(),
                    (true, false) => String::new(),
                    (false, _) => format!("\"base\": \"M{}\",", n + 1),
                };
                write!(more, "\"M{n}\": {{{base} \"since\": \"1.0\"}},").expect("written");
            }
            let deep = catalog.replace("\"managed_objects\": {", &more);
            match (read_small(&deep), is_circle) {
                (Ok(model), false) => {
                    let text = use_all_of(&model, "M0");
                    assert!(text.contains(&format!("M{}", DEEP - 1)));
                    let selection = Selection::default().managed_objects(["M0", "Machine"]);
                    let slice = vmomi_codegen::select::select(&model, &selection);
                    let slice = slice.unwrap_or_else(|error| panic!("{error}"));
                    assert!(slice.model.managed_objects.len() > DEEP);
                    use_all_of(&slice.model, "M0");
                }
                (Err(error), true) => assert!(error.to_string().contains("circular inheritance")),
                (other, _) => panic!("{:?}", other.map(|model| model.managed_objects.len())),
            }
        }
    });
}

#[test]
fn catalogues_and_texts_may_be_nested() {
    let catalog = std::fs::read_to_string("tests/emit/small/catalog.json").expect("the catalogue");
    on_a_small_stack(move || {
        let nested = "[".repeat(100_000) + &"]".repeat(100_000);
        let objects = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
        for value in [&nested, &objects] {
            for (key, value) in [
                ("\"format\": 1", format!("\"format\": {value}")),
                (
                    "\"origin\": {",
                    format!("\"more\": {value}, \"origin\": {{"),
                ),
                ("\"origin\": {", format!("\"origin\": {{\"a\": {value}, ")),
                ("\"versions\": [", format!("\"versions\": [{value}, ")),
            ] {
                drop(read_small(&catalog.replace(key, &value)));
            }
            let flow = format!("openapi: {value}");
            let blocks: String =
                (0..5_000).fold(String::from("openapi: 3\n"), |mut text, depth| {
                    text.extend(std::iter::repeat_n(' ', depth));
                    text + "a:\n"
                });
            let items = "- ".repeat(50_000) + "a";
            let keys = "? ".repeat(50_000) + "a";
            let here = folder(&[
                ("a", &format!("{{\"openapi\": {value}}}")),
                ("b", &flow),
                ("c", &blocks),
                ("d", &items),
                ("e", &keys),
                (
                    "f",
                    &format!("openapi: 3.0.0\ncomponents: {{schemas: {value}}}"),
                ),
            ]);
            for file in ["a", "b", "c", "d", "e", "f"] {
                assert!(Overlay::read(here.path().join(file)).is_err(), "{file}");
            }
        }
    });
}

/// Texts of rules are parsed as Rust.
#[test]
fn texts_of_rules_may_be_nested() {
    on_a_small_stack(|| {
        const LEVELS: usize = 20_000;
        let model = model(&complex("A", None, &["name=\"a\" type=\"xsd:int\""]));
        let nested = |open: &str, close: &str| open.repeat(LEVELS) + &close.repeat(LEVELS);
        let in_all = [nested("(", ")"), nested("[", "]"), nested("a(", ")")];
        let generic = format!("{}a{}", "a<".repeat(LEVELS), ">".repeat(LEVELS));
        let pointers = format!("a<{}a>", "&".repeat(LEVELS));
        for text in in_all.iter().chain([&generic, &pointers]) {
            let rules: [&dyn Fn(&mut Settings); 5] = [
                &|settings| _ = settings.attribute("A", format!("#[allow({text})]")),
                &|settings| _ = settings.attribute("A", format!("#[doc = {text}]")),
                &|settings| _ = settings.derive("A", text.clone()),
                &|settings| _ = settings.rename("A", text.clone()),
                &|settings| _ = settings.replace("A", text.clone()),
            ];
            for rule in rules {
                let mut settings = Settings::default();
                rule(&mut settings);
                drop(vmomi_codegen::generate(&model, &settings));
            }
        }
    });
}

//! How long generating takes, and how that grows: for vim25, and for two and four copies of it in as many namespaces.
//!
//! ```sh
//! cargo bench -p vmomi-codegen --bench copies               # milliseconds, stage by stage
//! cargo bench -p vmomi-codegen --bench copies -- 4          # four copies alone, once: for perf and the like
//! ```
#![expect(
    clippy::print_stdout,
    reason = "a benchmark prints what it has measured"
)]

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use vmomi_codegen::{Builder, Stage};

/// How often each number of copies is generated. The fastest run counts: it was disturbed the least.
const RUNS: usize = 5;

fn main() {
    // Cargo adds arguments of its own.
    let alone = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok());
    if let Some(copies) = alone {
        let folder = copied(copies);
        print(copies, &measure(folder.path()));
        return;
    }
    println!("copies   types   read resolve   emit  total [ms]");
    for copies in [1, 2, 4] {
        let folder = copied(copies);
        let runs = (0..RUNS).map(|_| measure(folder.path()));
        if let Some(fastest) = runs.min_by_key(|run| run.total) {
            print(copies, &fastest);
        }
    }
}

/// What one run took.
struct Run {
    types: usize,
    read: Duration,
    resolve: Duration,
    emit: Duration,
    total: Duration,
}

fn measure(folder: &Path) -> Run {
    let stages: Rc<RefCell<Vec<(Stage, Instant)>>> = Rc::default();
    let seen = Rc::clone(&stages);
    let builder = Builder::new()
        .wsdl(folder)
        .observe(move |stage| seen.borrow_mut().push((stage, Instant::now())));
    let generated = builder.render().unwrap_or_else(|error| panic!("{error}"));
    let end = Instant::now();
    let start = |wanted| {
        let stages = stages.borrow();
        let found = stages.iter().find(|(stage, _)| *stage == wanted);
        found.map_or(end, |(_, start)| *start)
    };
    let (read, resolve, emit) = (
        start(Stage::Read),
        start(Stage::Resolve),
        start(Stage::Emit),
    );
    Run {
        types: generated.summary.data_objects + generated.summary.enumerations,
        read: resolve - read,
        resolve: emit - resolve,
        emit: end - emit,
        total: end - read,
    }
}

fn print(copies: usize, run: &Run) {
    let [read, resolve, emit, total] =
        [run.read, run.resolve, run.emit, run.total].map(|duration| duration.as_millis());
    println!(
        "{copies:>6} {:>7} {read:>6} {resolve:>7} {emit:>6} {total:>6}",
        run.types
    );
}

/// A folder with copies of the committed vim25, catalogue and all, each of a namespace of its own.
fn copied(copies: usize) -> tempfile::TempDir {
    let vim25 = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl/vim25");
    let folder = tempfile::tempdir().expect("a folder");
    for copy in 1..=copies {
        let to = folder.path().join(format!("copy{copy}"));
        fs::create_dir(&to).expect("a folder");
        for entry in fs::read_dir(&vim25).expect("the committed set") {
            let from = entry.expect("an entry").path();
            let text = fs::read_to_string(&from).expect("a text");
            let text = text.replace("urn:vim25", &format!("urn:copy{copy}"));
            fs::write(to.join(from.file_name().expect("a name")), text).expect("written");
        }
    }
    folder
}

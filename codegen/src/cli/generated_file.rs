//! Where the workspace's generated code defines something.

use std::fs;
use std::path::Path;

use vmomi_codegen::explain::Explanation;
use vmomi_codegen::kind::Kind;

use super::workspace::Workspace;

/// The file and line, as `path:line`. Nothing outside a workspace, and of what is not generated there.
pub(super) fn find(explanation: &Explanation) -> Option<String> {
    let path = explanation.rust.split("::").collect::<Vec<_>>();
    let (module, type_name) = (path.first()?, path.get(1)?);
    let folder = Workspace::find().ok()?.generated().join(module);
    let type_starts = ["struct", "enum"].map(|keyword| format!("pub {keyword} {type_name} {{"));
    let method = match explanation.kind {
        Kind::Operation => Some(format!("pub fn {}", path.get(2)?)),
        _ => None,
    };
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(line) = line_in(&path, &type_starts, method.as_deref()) {
                return Some(format!("{}:{line}", path.display()));
            }
        }
    }
    None
}

/// The line on which a file defines a type, or a method of it further down.
fn line_in(path: &Path, type_starts: &[String], method: Option<&str>) -> Option<usize> {
    let text = fs::read_to_string(path).ok()?;
    let starts = |line: &str, wanted: &str| {
        let rest = line.trim_start().strip_prefix(wanted);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', '<']))
    };
    let mut lines = text.lines().enumerate();
    let (at, _) = lines.find(|(_, line)| {
        let line = line.trim_start();
        type_starts
            .iter()
            .any(|start| line.starts_with(start.as_str()))
    })?;
    match method {
        None => Some(at + 1),
        Some(method) => {
            let (at, _) = lines.find(|(_, line)| starts(line, method))?;
            Some(at + 1)
        }
    }
}

//! The server before an editor's own client. Oracle: Neovim, which opens a file, shows what is found, asks
//! what it means, and makes the edit it is offered.

use std::process::{Command, Stdio};

use e2e::{Folder, PRIVILEGED_POD, binary};
use serde_json::Value;

/// What Neovim does, one step after the other; what it saw goes to a file.
const SCRIPT: &str = r#"
local seen = {}
vim.cmd('edit pod.yaml')
vim.bo.filetype = 'yaml'
local client = vim.lsp.start_client({
  name = 'ringfence', cmd = { vim.env.RINGFENCE, 'lsp', '--today', '2026-11-21' }, root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, client)
local function the()
  for _, it in ipairs(vim.diagnostic.get(0)) do
    if it.code == 'privileged-container' then return it end
  end
end
vim.wait(30000, function() return the() ~= nil end, 20)
local found = the()
seen.line, seen.severity = found.lnum + 1, found.severity
local at = { line = found.lnum, character = found.col }
local here = { uri = vim.uri_from_bufnr(0) }
local hover = vim.lsp.buf_request_sync(0, 'textDocument/hover', { textDocument = here, position = at }, 30000)
seen.hover = hover[client].result.contents.value
local wish = { textDocument = here, range = { start = at, ['end'] = at }, context = { diagnostics = {} } }
local actions = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', wish, 30000)
for _, action in ipairs(actions[client].result) do
  local about = action.diagnostics and action.diagnostics[1].code
  if about == 'privileged-container' then
    seen.title = action.title
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  end
end
seen.is_gone = vim.wait(30000, function() return the() == nil end, 20)
seen.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
vim.fn.writefile({ vim.fn.json_encode(seen) }, 'seen.json')
"#;

#[test]
fn neovim_shows_a_finding_and_makes_its_edit() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("steps.lua", SCRIPT);
    let mut neovim = Command::new("timeout");
    neovim.args([
        "120",
        "nvim",
        "--headless",
        "--clean",
        "-n",
        "-c",
        "luafile steps.lua",
        "-c",
        "qa!",
    ]);
    neovim.current_dir(folder.root()).env("RINGFENCE", binary::path()).stdin(Stdio::null());
    let output = neovim.output().expect("Neovim starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let seen = std::fs::read(folder.path("seen.json")).unwrap_or_else(|_| panic!("{said}"));
    let seen: Value = serde_json::from_slice(&seen).expect("Neovim writes JSON");
    assert_eq!(seen["severity"], 1);
    assert_eq!(seen["line"], e2e::PRIVILEGED_LINE);
    assert!(
        seen["hover"].as_str().is_some_and(|it| it.starts_with("**Container runs privileged**"))
    );
    assert_eq!(seen["is_gone"], true, "{seen}");
    let text = seen["text"].as_str().unwrap_or_default();
    assert!(!text.contains("privileged: true"), "{text}");
}

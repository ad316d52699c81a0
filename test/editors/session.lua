-- A person's session in Neovim: opens a policy, reads, types. What is to be seen goes into the file that SESSION_REPORT names.
local report = {}

local function write_and_quit()
  local file = assert(io.open(os.getenv('SESSION_REPORT'), 'w'))
  file:write(vim.json.encode(report))
  file:close()
  vim.cmd('qall!')
end

-- Goes on when something holds; a session that waits in vain ends with what it saw so far.
local function wait(what, holds)
  local thread = coroutine.running()
  local left = 2000
  local function look()
    local value = holds()
    left = left - 1
    if value then
      coroutine.resume(thread, value)
    elseif left == 0 then
      report.waited_in_vain_for = what
      write_and_quit()
    else
      vim.defer_fn(look, 10)
    end
  end
  vim.defer_fn(look, 0)
  return coroutine.yield()
end

local function keys(text)
  vim.api.nvim_input(text)
end

local function problems(file)
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(vim.fn.bufnr(file), { severity = { min = vim.diagnostic.severity.INFO } })) do
    table.insert(found, { code = each.code, line = each.lnum + 1, from = each.col, to = each.end_col, message = each.message })
  end
  return found
end

local function find(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search('\\V' .. text, 'W') > 0, text)
end

local function hover(text)
  find(text)
  vim.lsp.buf.hover()
  local window = wait('the hover on ' .. text, function()
    for _, each in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(each).relative ~= '' then return each end
    end
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  vim.api.nvim_win_close(window, true)
  return table.concat(lines, '\n')
end

local function session()
  vim.cmd('edit backup-policies/nonprod.json')
  local policy = vim.api.nvim_get_current_buf()
  report.filetype = vim.bo.filetype
  wait('the planted problem', function() return #problems('nonprod.json') > 0 end)
  report.problems = problems('nonprod.json')
  local listed = {}
  local everywhere = { severity = { min = vim.diagnostic.severity.INFO } }
  -- Other files follow the one that is open.
  wait('the planted problem of another file', function() return #vim.diagnostic.get(nil, everywhere) > 1 end)
  for _, each in ipairs(vim.diagnostic.get(nil, everywhere)) do
    table.insert(listed, vim.fn.fnamemodify(vim.api.nvim_buf_get_name(each.bufnr), ':t') .. ': ' .. each.code)
  end
  table.sort(listed)
  report.all_problems = listed

  report.hover = hover('"delete_after_days"')

  find('"everyday"')
  vim.lsp.buf.definition()
  wait('the definition', function() return vim.fn.expand('%:t') ~= 'nonprod.json' end)
  report.definition = vim.fn.expand('%:t') .. ': ' .. vim.fn.expand('<cword>')
  vim.cmd('buffer nonprod.json')

  find('"7"')
  keys('ci"-7<Esc>')
  wait('a problem of what was typed', function() return #problems('nonprod.json') == 2 end)
  report.problems_after_edit = problems('nonprod.json')
  keys('u')
  wait('the end of that problem', function() return #problems('nonprod.json') == 1 end)

  find('"everyday"')
  keys('O"täglich-😀": { "regions": { "@@<C-x><C-o>')
  wait('the menu of completion', function() return vim.fn.pumvisible() == 1 end)
  report.completion = vim.tbl_map(function(item) return item.abbr end, vim.fn.complete_info({ 'items' }).items)
  keys('<C-n><C-n><C-y> } },<Esc>')
  wait('the end of typing', function() return vim.fn.mode() == 'n' and vim.fn.getline('.'):find('},$') end)
  report.completed = vim.trim(vim.fn.getline('.'))

  vim.api.nvim_buf_set_lines(policy, 0, -1, false, { '{"plans":{"täglich-😀":{"regions":{"@@asign":["eu-west-1"]}}}}' })
  local behind = wait('the problem behind other letters', function()
    for _, each in ipairs(problems('nonprod.json')) do
      if each.code == 'unknown-operator' and each.line == 1 then return each end
    end
  end)
  report.problem_behind_letters = vim.fn.getline(1):sub(behind.from + 1, behind.to)
  local client = vim.lsp.get_client_by_id(vim.tbl_keys(vim.lsp.buf_get_clients(policy))[1])
  report.encoding = client.offset_encoding
  local answers = vim.lsp.buf_request_sync(policy, 'textDocument/formatting', { textDocument = vim.lsp.util.make_text_document_params(policy), options = { tabSize = 2, insertSpaces = true } }, 5000)
  vim.lsp.util.apply_text_edits(answers[client.id].result, policy, client.offset_encoding)
  report.formatted = vim.api.nvim_buf_get_lines(policy, 0, -1, false)

  vim.cmd('edit! backup-policies/empty.backup-policy.json')
  keys('i{ "<C-x><C-o>')
  wait('completion in a new policy', function() return vim.fn.pumvisible() == 1 end)
  report.completion_in_new_policy = vim.tbl_map(function(item) return item.abbr end, vim.fn.complete_info({ 'items' }).items)
  keys('<Esc>')
  report.finished = true
  write_and_quit()
end

vim.defer_fn(function()
  local thread = coroutine.create(session)
  local resume = coroutine.resume
  coroutine.resume = function(co, ...)
    local results = { resume(co, ...) }
    if not results[1] then
      report.failed = debug.traceback(co, tostring(results[2]))
      write_and_quit()
    end
    return unpack(results)
  end
  coroutine.resume(thread)
end, 0)

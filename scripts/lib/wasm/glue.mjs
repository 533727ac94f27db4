/**
 * Completes the JavaScript that wasm-bindgen generates.
 *
 * @throws Error where it is not as expected, as with another version of wasm-bindgen.
 */
export function completeGlue(glue) {
  return checkedNumbers(freeOnce(glue));
}

/**
 * Lets `free()` of an object do nothing once its instance was replaced: the memory at its address belongs
 * to another object then. wasm-bindgen checks this in every other method, and where objects are collected
 * (https://github.com/wasm-bindgen/wasm-bindgen/pull/4644).
 */
function freeOnce(glue) {
  const free = `        const ptr = this.__destroy_into_raw();
        __wbg_call_guard();
`;
  const guard = `        const ptr = this.__destroy_into_raw();
        if (this.__wbg_inst !== __wbg_instance_id) return;
        __wbg_call_guard();
`;
  const parts = glue.split(free);
  // Every class has one.
  const classes = glue.split('\nexport class ').length - 1;
  if (classes === 0 || parts.length !== classes + 1) throw unexpected('free');
  return parts.join(guard);
}

/**
 * Lets the arguments that the module takes as numbers be nothing else. JavaScript would make a number of a text,
 * of `true` and of `null`. As values they would be checked in the module, which takes three times as long.
 */
function checkedNumbers(glue) {
  const [head, list] = /^ {4}checkRequest\(state, (.+)\) \{\n {8}try \{\n/m.exec(glue) ?? [];
  if (head === undefined) throw unexpected('checkRequest');
  const checks = list
    .split(', ')
    .map((name) => `            if (typeof ${name} !== 'number') ${name} = NaN;\n`);
  return replaced(glue, head, head + checks.join(''));
}

function replaced(glue, from, to) {
  if (glue.split(from).length !== 2) throw unexpected(from.trim());
  return glue.replace(from, () => to);
}

function unexpected(what) {
  return new Error(`wasm-bindgen generated other code than expected at: ${what}`);
}

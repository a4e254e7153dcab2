// Whether the documents that others read of the wire are what they say: protocol/openapi.json is OpenAPI 3.1 and
// protocol/asyncapi.json is AsyncAPI 3, by the public validators of both; and every golden example is as they say.
import { readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import specifications from "@asyncapi/specs";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";

const protocol = resolve(import.meta.dirname, "../../protocol");
const read = (file) => JSON.parse(readFileSync(resolve(protocol, file), "utf8"));
const openapi = read("openapi.json");
const asyncapi = read("asyncapi.json");
const faults = [];

/** The places in the document that name another place which is not there. */
function danglingRefs(document) {
  const found = [];
  const look = (value) => {
    if (typeof value !== "object" || value === null) return;
    const steps = typeof value.$ref === "string" ? value.$ref.split("/").slice(1) : [];
    if (steps.length > 0 && steps.reduce((at, step) => at?.[step], document) === undefined)
      found.push(value.$ref);
    Object.values(value).forEach(look);
  };
  look(document);
  return found;
}

const told = await new Validator().validate(openapi);
if (!told.valid) faults.push(`openapi.json: ${JSON.stringify(told.errors)}`);
const ofAsyncApi = new Ajv({ strict: false, validateFormats: false }).compile(
  specifications.schemasWithoutId[asyncapi.asyncapi],
);
if (!ofAsyncApi(asyncapi)) faults.push(`asyncapi.json: ${JSON.stringify(ofAsyncApi.errors)}`);
for (const [name, document] of Object.entries({ openapi, asyncapi })) {
  for (const ref of danglingRefs(document)) faults.push(`${name}.json: there is no ${ref}`);
}

/** The schema of that name in the document, as a test of a value. */
const testers = new Map();
function isA(document, name, value) {
  const key = `${document.info.title} ${name}`;
  if (!testers.has(key)) {
    const ajv = new Ajv2020({ strict: false });
    testers.set(key, ajv.compile({ $ref: `#/components/schemas/${name}`, components: document.components }));
  }
  const test = testers.get(key);
  return test(value) ? null : JSON.stringify(test.errors?.slice(0, 3));
}

let examples = 0;
function expect(document, name, value, ok, where) {
  const fault = isA(document, name, value);
  if ((fault === null) !== ok) faults.push(`${where}: ${fault ?? "is allowed"}`);
  examples += 1;
}

const operations = new Map(
  Object.values(openapi.paths).flatMap((methods) =>
    Object.values(methods).map((each) => [each.operationId, each]),
  ),
);
const shapeOf = (part) => part?.content["application/json"]?.schema.$ref?.split("/").at(-1);
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
for (const file of readdirSync(resolve(protocol, "examples/api"))) {
  for (const { name, route, body, answer, ok = true } of read(`examples/api/${file}`)) {
    const where = `examples/api/${file}: ${name}`;
    const operation = operations.get(camel(route));
    if (body !== undefined) expect(openapi, shapeOf(operation.requestBody), body, ok, where);
    if (answer !== undefined) expect(openapi, shapeOf(operation.responses[200]), answer, true, where);
  }
}
for (const file of ["commands", "changes", "client_frames", "server_frames"]) {
  for (const { name, frame, text, ok } of read(`examples/${file}.json`)) {
    if (!ok || typeof text !== "object") continue;
    const messages = asyncapi.operations[frame === "client" ? "hearRoom" : "tellRoom"].messages;
    const kinds = messages.map(({ $ref }) => basename($ref));
    const kind = kinds.find((each) => asyncapi.components.messages[each].name === text.type);
    expect(asyncapi, kind, text, true, `examples/${file}.json: ${name}`);
  }
}

console.log(
  faults.length > 0 ? faults.join("\n") : `Both documents are valid, and so are ${examples} examples.`,
);
process.exit(faults.length > 0 ? 1 : 0);

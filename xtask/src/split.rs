//! Divides the optimised module in two: the *first*, which a family waits for, and the *rest*, which comes behind it.
//!
//! Functions move; nothing else does. The rest imports the first's memory, tables and globals under the indices that
//! they have there, and what it calls of the first's functions. The first reaches the rest through the table of
//! functions only: each *door*, a function whose name begins with `later_`, leaves a stub behind that calls the slot
//! of the real one, and the rest fills these slots when it comes. Before that a slot holds a trap.
//!
//! What moves is found, not listed: everything that is reached through doors alone. Functions that stand in the table
//! (closures, methods behind `dyn`) can be called from anywhere; such a one moves only if it is of a later screen
//! ([`ROOMS`]) and the first's code has no hold on it, see [`Whole::held`].

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{utils, Error as Reencoding, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, Module, TableSection, TypeSection,
};
use wasmparser::{
    DataKind, Element, ElementItems, ElementKind, ExternalKind, FunctionBody, KnownCustom, Name, Operator,
    Parser, Payload, TypeRef, Validator,
};

use crate::say::Told;

/// How the name of a door begins. `index.html` tells wasm-opt to leave such functions whole.
const DOOR: &str = "::later_";

/// Where the later screens stand. Closures and methods of these modules come into being in the rest only.
const ROOMS: [&str; 20] = [
    DOOR,
    "::views::activity::",
    "::views::advice::",
    "::views::board::",
    "::views::children::",
    "::views::circumstances::",
    "::views::doing::",
    "::views::growing::",
    "::views::plan::",
    "::views::questions::",
    "::views::settings::",
    "::views::together::",
    "::views::told::",
    "::app::doing::",
    "::app::growing::",
    "::app::plan::",
    "::app::together::",
    "::platform::files::",
    "::platform::speech::",
    "::platform::sound::",
];

/// How the rest calls the module that it imports from.
const FIRST: &str = "first";

/// The first method of a table of methods may stand this many words behind its begin.
const METHODS: u32 = 6;

/// A module in two.
pub struct Halves {
    /// What the app starts with.
    pub first: Vec<u8>,
    /// What fills its empty slots: a module that imports `first`.
    pub rest: Vec<u8>,
    /// How many functions moved.
    pub moved: usize,
    /// By which of them the first calls the rest.
    pub doors: Vec<String>,
}

/// Divides a module that still has its names.
pub fn split(bytes: &[u8]) -> Told<Halves> {
    let whole =
        Whole::read(bytes).map_err(|why| format!("The module cannot be read for its division: {why}."))?;
    let plan = whole.plan()?;
    let first = whole.first(bytes, &plan)?;
    let rest = whole.rest(&plan)?;
    for (name, half) in [("first", &first), ("rest", &rest)] {
        Validator::new().validate_all(half).map_err(|why| {
            format!("The {name} half of the module is not valid: {why}. The mend is in xtask/src/split.rs.")
        })?;
    }
    Ok(Halves {
        first,
        rest,
        moved: plan.moved.len(),
        doors: plan
            .stubs
            .keys()
            .map(|function| whole.name(*function).to_string())
            .collect(),
    })
}

/// What is known of the module before it is divided.
#[derive(Default)]
struct Whole<'a> {
    types: Vec<wasmparser::RecGroup>,
    type_section: Option<wasmparser::TypeSectionReader<'a>>,
    /// The type of each function, imported ones first.
    functions: Vec<u32>,
    imported: u32,
    tables: Vec<wasmparser::TableType>,
    memories: Vec<wasmparser::MemoryType>,
    globals: Vec<wasmparser::GlobalType>,
    /// What is exported, by kind and index.
    exports: Vec<(ExternalKind, u32, &'a str)>,
    names: BTreeMap<u32, &'a str>,
    bodies: Vec<FunctionBody<'a>>,
    /// What each body names, in the order of the bodies.
    named: Vec<Named>,
    /// Functions that are called from outside: exported, the start, in a global, in a segment that is not a plain one.
    entries: BTreeSet<u32>,
    /// The slots of the table of functions that a plain segment fills.
    slots: BTreeMap<u32, u32>,
    /// The words of the data, each with its address.
    words: Vec<(u32, u32)>,
}

/// What an instruction or a constant expression names.
#[derive(Default, Clone)]
struct Named {
    functions: BTreeSet<u32>,
    /// Numbers and offsets: each may be the address of a table of methods, or a slot.
    numbers: BTreeSet<u32>,
    /// It copies segments of the data or of a table, which stay in the first.
    copies: bool,
}

impl Reencode for Named {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Reencoding<String>> {
        self.functions.insert(function);
        Ok(function)
    }

    fn data_index(&mut self, data: u32) -> Result<u32, Reencoding<String>> {
        self.copies = true;
        Ok(data)
    }

    fn element_index(&mut self, element: u32) -> Result<u32, Reencoding<String>> {
        self.copies = true;
        Ok(element)
    }

    fn mem_arg(&mut self, arg: wasmparser::MemArg) -> Result<wasm_encoder::MemArg, Reencoding<String>> {
        self.numbers.insert(arg.offset as u32);
        utils::mem_arg(self, arg)
    }

    fn instruction<'a>(
        &mut self,
        instruction: Operator<'a>,
    ) -> Result<wasm_encoder::Instruction<'a>, Reencoding<String>> {
        if let Operator::I32Const { value } = instruction {
            self.numbers.insert(value as u32);
        }
        utils::instruction(self, instruction)
    }
}

/// Which function goes where.
#[derive(Default)]
struct Plan {
    /// Functions of the rest, in their order.
    moved: BTreeSet<u32>,
    /// Those of them that the first calls, each with the slot that it will stand in.
    stubs: BTreeMap<u32, u32>,
    /// Slots that were filled before and are empty until the rest comes, and the new ones, each with its function.
    empty: BTreeMap<u32, u32>,
    /// How many slots were added.
    added: u32,
    /// Where a function of before stands in the first.
    indices: BTreeMap<u32, u32>,
    /// What the rest calls in the first.
    called: BTreeSet<u32>,
}

impl<'a> Whole<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let mut whole = Self::default();
        let said = |why: wasmparser::BinaryReaderError| why.to_string();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(said)? {
                Payload::TypeSection(section) => {
                    for group in section.clone() {
                        whole.types.push(group.map_err(said)?);
                    }
                    whole.type_section = Some(section);
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        match import.map_err(said)?.ty {
                            TypeRef::Func(ty) => whole.functions.push(ty),
                            other => {
                                return Err(format!("it imports something else than functions ({other:?})"))
                            }
                        }
                    }
                    whole.imported = whole.functions.len() as u32;
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        whole.functions.push(ty.map_err(said)?);
                    }
                }
                Payload::TableSection(section) => {
                    for table in section {
                        whole.tables.push(table.map_err(said)?.ty);
                    }
                }
                Payload::MemorySection(section) => {
                    for memory in section {
                        whole.memories.push(memory.map_err(said)?);
                    }
                }
                Payload::GlobalSection(section) => {
                    for global in section {
                        let global = global.map_err(said)?;
                        whole.globals.push(global.ty);
                        let mut named = Named::default();
                        utils::const_expr(&mut named, global.init_expr).map_err(|why| why.to_string())?;
                        whole.entries.extend(named.functions);
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export.map_err(said)?;
                        whole.exports.push((export.kind, export.index, export.name));
                        if export.kind == ExternalKind::Func {
                            whole.entries.insert(export.index);
                        }
                    }
                }
                Payload::StartSection { func, .. } => {
                    whole.entries.insert(func);
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        whole.element(element.map_err(said)?)?;
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let mut named = Named::default();
                    utils::parse_function_body(&mut named, &mut CodeSection::new(), body.clone())
                        .map_err(|why| why.to_string())?;
                    whole.bodies.push(body);
                    whole.named.push(named);
                }
                Payload::DataSection(section) => {
                    for data in section {
                        let data = data.map_err(said)?;
                        if let DataKind::Active { offset_expr, .. } = data.kind {
                            let begin = number(&offset_expr).ok_or("its data stands at no fixed address")?;
                            whole.remember(begin, data.data);
                        }
                    }
                }
                Payload::TagSection(_) => return Err("it throws exceptions".to_string()),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        for name in names {
                            if let Name::Function(names) = name.map_err(said)? {
                                for name in names {
                                    let name = name.map_err(said)?;
                                    whole.names.insert(name.index, name.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(whole)
    }

    /// A plain segment: functions, from a fixed slot of the table of functions on.
    fn plain<'e>(&self, element: &Element<'e>) -> Option<(u32, wasmparser::SectionLimited<'e, u32>)> {
        let ElementKind::Active {
            table_index,
            offset_expr,
        } = &element.kind
        else {
            return None;
        };
        let ElementItems::Functions(functions) = &element.items else {
            return None;
        };
        let ours = table_index.unwrap_or(0) == self.table()?;
        let begin = number(offset_expr)?;
        ours.then(|| (begin, functions.clone()))
    }

    fn element(&mut self, element: Element<'a>) -> Result<(), String> {
        if let Some((begin, functions)) = self.plain(&element) {
            for (slot, function) in (begin..).zip(functions) {
                self.slots.insert(slot, function.map_err(|why| why.to_string())?);
            }
            return Ok(());
        }
        let mut named = Named::default();
        utils::element_items(&mut named, element.items).map_err(|why| why.to_string())?;
        self.entries.extend(named.functions);
        Ok(())
    }

    fn remember(&mut self, begin: u32, data: &[u8]) {
        let skipped = begin.next_multiple_of(4) - begin;
        let words = data.get(skipped as usize..).unwrap_or_default().chunks_exact(4);
        for (at, word) in (begin + skipped..).step_by(4).zip(words) {
            if let Ok(word) = word.try_into() {
                self.words.push((at, u32::from_le_bytes(word)));
            }
        }
    }

    /// The table of functions: the first that holds functions.
    fn table(&self) -> Option<u32> {
        (0..)
            .zip(&self.tables)
            .find_map(|(index, table)| (table.element_type == wasmparser::RefType::FUNCREF).then_some(index))
    }

    fn name(&self, function: u32) -> &'a str {
        self.names.get(&function).copied().unwrap_or_default()
    }

    fn body(&self, function: u32) -> Option<(&FunctionBody<'a>, &Named)> {
        let at = function.checked_sub(self.imported)? as usize;
        Some((self.bodies.get(at)?, self.named.get(at)?))
    }

    /// All functions that are reached from `from`, without going through `closed`.
    fn reached(&self, from: impl IntoIterator<Item = u32>, closed: &BTreeSet<u32>) -> BTreeSet<u32> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<u32> = from.into_iter().collect();
        while let Some(function) = next.pop() {
            if !closed.contains(&function) && reached.insert(function) {
                if let Some((_, named)) = self.body(function) {
                    next.extend(&named.functions);
                }
            }
        }
        reached
    }

    /// Whether a function of the table is in reach of code that names these numbers.
    ///
    /// Its name is not enough: where two functions are the same, the compiler and wasm-opt leave one, with the name
    /// of either. So a function is held if its slot is named, or a place in the data that a table of methods with this
    /// slot in it may begin at; also if such a place is named in the data itself.
    fn held(&self, slot: u32, numbers: &BTreeSet<u32>) -> bool {
        let begins: Vec<u32> = self
            .words
            .iter()
            .filter(|(_, word)| *word == slot)
            .flat_map(|(at, _)| (0..METHODS).map(move |back| at.saturating_sub(4 * back)))
            .collect();
        let named = |begin: &u32| numbers.contains(begin) || self.words.iter().any(|(_, word)| word == begin);
        numbers.contains(&slot) || begins.iter().any(named)
    }

    fn plan(&self) -> Told<Plan> {
        let copies = (self.imported..)
            .zip(&self.named)
            .filter(|(_, named)| named.copies)
            .map(|(function, _)| function);
        let copies: BTreeSet<u32> = copies.collect();
        let is_door = |name: &str| {
            name.rsplit_once(DOOR).is_some_and(|(_, end)| {
                end.bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
            })
        };
        let doors = self.names.iter().filter(|(function, name)| {
            is_door(name) && **function >= self.imported && !copies.contains(function)
        });
        let doors: BTreeSet<u32> = doors.map(|(function, _)| *function).collect();
        if doors.is_empty() {
            return Err(format!(
                "No function of the module has a name with \"{DOOR}\". The mend: index.html must let wasm-opt keep the \
                 names (-g) and leave such functions whole (--no-inline=*{DOOR}*)."
            ));
        }

        // What seems to be of a later screen is taken out first, and put back for as long as the first has a hold on it.
        let mut later: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (slot, function) in &self.slots {
            let name = self.name(*function);
            if *function >= self.imported
                && !copies.contains(function)
                && ROOMS.iter().any(|room| name.contains(room))
            {
                later.entry(*function).or_default().insert(*slot);
            }
        }
        let stays = loop {
            let closed: BTreeSet<u32> = doors.iter().chain(later.keys()).copied().collect();
            let entries = self.entries.iter().chain(&copies).chain(self.slots.values());
            let stays = self.reached(entries.copied(), &closed);
            let mut named = Named::default();
            for (_, one) in stays.iter().filter_map(|function| self.body(*function)) {
                named.functions.extend(&one.functions);
                named.numbers.extend(&one.numbers);
            }
            let before = later.len();
            later.retain(|function, slots| {
                !named.functions.contains(function)
                    && !self.entries.contains(function)
                    && !slots.iter().any(|slot| self.held(*slot, &named.numbers))
            });
            if later.len() == before {
                break stays;
            }
        };
        self.arrange(&stays)
    }

    fn arrange(&self, stays: &BTreeSet<u32>) -> Told<Plan> {
        let moved: BTreeSet<u32> = (self.imported..self.functions.len() as u32)
            .filter(|function| !stays.contains(function))
            .collect();
        let table = self
            .table()
            .and_then(|table| self.tables.get(table as usize))
            .ok_or("The module has no table of functions, so it cannot be divided.")?;
        let size =
            u32::try_from(table.initial).map_err(|_| "The table of functions is too large.".to_string())?;

        let mut plan = Plan::default();
        for (slot, function) in &self.slots {
            if moved.contains(function) {
                plan.empty.insert(*slot, *function);
            }
        }
        let names = stays
            .iter()
            .filter_map(|function| self.body(*function))
            .flat_map(|(_, named)| &named.functions)
            .chain(&self.entries);
        let called: BTreeSet<u32> = names
            .copied()
            .filter(|function| moved.contains(function))
            .collect();
        for function in called {
            let known = plan
                .empty
                .iter()
                .find(|(_, one)| **one == function)
                .map(|(slot, _)| *slot);
            let slot = known.unwrap_or_else(|| {
                plan.added += 1;
                size + plan.added - 1
            });
            plan.stubs.insert(function, slot);
            plan.empty.insert(slot, function);
        }
        let here = (0..self.functions.len() as u32)
            .filter(|function| !moved.contains(function) || plan.stubs.contains_key(function));
        plan.indices = here.zip(0..).collect();
        let called = moved
            .iter()
            .filter_map(|function| self.body(*function))
            .flat_map(|(_, named)| &named.functions)
            .filter(|function| !moved.contains(function));
        plan.called = called.copied().collect();
        plan.moved = moved;
        Ok(plan)
    }

    /// What the rest knows something of the first by: its exported name, or a new one as short as can be.
    fn exported(&self, plan: &Plan) -> Vec<(ExternalKind, u32, String, bool)> {
        let all = |kind, count: usize| (0..count as u32).map(move |index| (kind, index));
        let wanted = all(ExternalKind::Table, self.tables.len())
            .chain(all(ExternalKind::Memory, self.memories.len()))
            .chain(all(ExternalKind::Global, self.globals.len()))
            .chain(plan.called.iter().map(|function| (ExternalKind::Func, *function)));
        let mut short = (0_u32..)
            .map(brief)
            .filter(|name| self.exports.iter().all(|(_, _, taken)| taken != name));
        wanted
            .filter_map(|(kind, index)| {
                let known = self
                    .exports
                    .iter()
                    .find(|(of, at, _)| (*of, *at) == (kind, index))
                    .map(|(_, _, name)| (*name).to_string());
                let is_new = known.is_none();
                Some((kind, index, known.or_else(|| short.next())?, is_new))
            })
            .collect()
    }

    fn first(&self, bytes: &[u8], plan: &Plan) -> Told<Vec<u8>> {
        let mut module = Module::new();
        let mut first = First { whole: self, plan };
        utils::parse_core_module(&mut first, &mut module, Parser::new(0), bytes)
            .map_err(|why| format!("The first half of the module cannot be written: {why}."))?;
        Ok(module.finish())
    }

    fn rest(&self, plan: &Plan) -> Told<Vec<u8>> {
        self.write_rest(plan)
            .map_err(|why| format!("The rest of the module cannot be written: {why}."))
    }

    fn write_rest(&self, plan: &Plan) -> Result<Vec<u8>, Reencoding<String>> {
        let mut rest = Rest {
            indices: plan.called.iter().chain(&plan.moved).copied().zip(0..).collect(),
        };
        let mut types = TypeSection::new();
        if let Some(section) = &self.type_section {
            utils::parse_type_section(&mut rest, &mut types, section.clone())?;
        }
        let mut imports = ImportSection::new();
        for (kind, index, name, _) in self.exported(plan) {
            let at = index as usize;
            let ty: Option<Result<EntityType, Reencoding<String>>> = match kind {
                ExternalKind::Table => self.tables.get(at).map(|table| {
                    let mut ty = utils::table_type(&mut rest, *table)?;
                    ty.minimum += self.added(index, plan);
                    ty.maximum = ty.maximum.map(|most| most + self.added(index, plan));
                    Ok(EntityType::Table(ty))
                }),
                ExternalKind::Memory => self
                    .memories
                    .get(at)
                    .map(|memory| Ok(EntityType::Memory(utils::memory_type(&mut rest, *memory)))),
                ExternalKind::Global => self
                    .globals
                    .get(at)
                    .map(|global| Ok(EntityType::Global(utils::global_type(&mut rest, *global)?))),
                _ => self.functions.get(at).map(|ty| Ok(EntityType::Function(*ty))),
            };
            if let Some(ty) = ty {
                imports.import(FIRST, &name, ty?);
            }
        }
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for function in &plan.moved {
            if let (Some(ty), Some((body, _))) =
                (self.functions.get(*function as usize), self.body(*function))
            {
                functions.function(*ty);
                utils::parse_function_body(&mut rest, &mut code, body.clone())?;
            }
        }
        let mut elements = ElementSection::new();
        for (begin, run) in runs(&plan.empty) {
            let run: Result<Vec<u32>, _> = run.into_iter().map(|one| rest.function_index(one)).collect();
            elements.active(
                self.table().filter(|table| *table > 0),
                &ConstExpr::i32_const(begin as i32),
                Elements::Functions(run?.into()),
            );
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&elements)
            .section(&code);
        Ok(module.finish())
    }

    /// By how much a table grows.
    fn added(&self, table: u32, plan: &Plan) -> u64 {
        if self.table() == Some(table) {
            plan.added.into()
        } else {
            0
        }
    }

    /// How many parameters a function has.
    fn parameters(&self, ty: u32) -> Option<u32> {
        let ty = self
            .types
            .iter()
            .flat_map(|group| group.types())
            .nth(ty as usize)?;
        match &ty.composite_type.inner {
            wasmparser::CompositeInnerType::Func(ty) => Some(ty.params().len() as u32),
            _ => None,
        }
    }
}

/// Writes the first half.
struct First<'w, 'a> {
    whole: &'w Whole<'a>,
    plan: &'w Plan,
}

impl First<'_, '_> {
    /// The function that stands in the slots until the rest comes: the last one, and it traps.
    fn nothing_yet(&self) -> u32 {
        self.plan.indices.len() as u32
    }

    fn stub(&self, ty: u32, slot: u32) -> Result<Function, Reencoding<String>> {
        let parameters = self
            .whole
            .parameters(ty)
            .ok_or_else(|| Reencoding::UserError(format!("type {ty} is not one of a function")))?;
        let mut stub = Function::new([]);
        let mut instructions = stub.instructions();
        for parameter in 0..parameters {
            instructions.local_get(parameter);
        }
        instructions
            .i32_const(slot as i32)
            .call_indirect(self.whole.table().unwrap_or_default(), ty)
            .end();
        Ok(stub)
    }
}

impl Reencode for First<'_, '_> {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Reencoding<String>> {
        index(&self.plan.indices, function)
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), Reencoding<String>> {
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: wasmparser::FunctionSectionReader<'_>,
    ) -> Result<(), Reencoding<String>> {
        let defined = self
            .plan
            .indices
            .keys()
            .filter(|function| **function >= self.whole.imported);
        for ty in defined.filter_map(|function| self.whole.functions.get(*function as usize)) {
            functions.function(*ty);
        }
        let any = self.whole.functions.first().copied().unwrap_or_default();
        functions.function(any);
        Ok(())
    }

    fn parse_table(
        &mut self,
        tables: &mut TableSection,
        table: wasmparser::Table<'_>,
    ) -> Result<(), Reencoding<String>> {
        let added = self.whole.added(tables.len(), self.plan);
        let mut table = table;
        table.ty.initial += added;
        table.ty.maximum = table.ty.maximum.map(|most| most + added);
        utils::parse_table(self, tables, table)
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), Reencoding<String>> {
        utils::parse_export_section(self, exports, section)?;
        for (kind, at, name, is_new) in self.whole.exported(self.plan) {
            if is_new {
                let kind: ExportKind = self.export_kind(kind)?;
                let at = if kind == ExportKind::Func {
                    self.function_index(at)?
                } else {
                    at
                };
                exports.export(&name, kind, at);
            }
        }
        Ok(())
    }

    fn parse_element(
        &mut self,
        elements: &mut ElementSection,
        element: Element<'_>,
    ) -> Result<(), Reencoding<String>> {
        let Some((begin, functions)) = self.whole.plain(&element) else {
            return utils::parse_element(self, elements, element);
        };
        let mut filled = Vec::new();
        for (slot, function) in (begin..).zip(functions) {
            filled.push(if self.plan.empty.contains_key(&slot) {
                self.nothing_yet()
            } else {
                self.function_index(function?)?
            });
        }
        let table = self.whole.table().filter(|table| *table > 0);
        elements.active(
            table,
            &ConstExpr::i32_const(begin as i32),
            Elements::Functions(filled.into()),
        );
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: wasmparser::CodeSectionReader<'_>,
    ) -> Result<(), Reencoding<String>> {
        let (whole, plan) = (self.whole, self.plan);
        for function in plan.indices.keys() {
            let Some((body, _)) = whole.body(*function) else {
                continue;
            };
            match (plan.stubs.get(function), whole.functions.get(*function as usize)) {
                (Some(slot), Some(ty)) => {
                    code.function(&self.stub(*ty, *slot)?);
                }
                _ => utils::parse_function_body(self, code, body.clone())?,
            }
        }
        let mut nothing_yet = Function::new([]);
        nothing_yet.instructions().unreachable().end();
        code.function(&nothing_yet);
        Ok(())
    }
}

/// Writes the rest.
struct Rest {
    indices: BTreeMap<u32, u32>,
}

impl Reencode for Rest {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Reencoding<String>> {
        index(&self.indices, function)
    }
}

fn index(indices: &BTreeMap<u32, u32>, function: u32) -> Result<u32, Reencoding<String>> {
    let missing = || Reencoding::UserError(format!("function {function} went to the other half"));
    indices.get(&function).copied().ok_or_else(missing)
}

/// The value of a constant expression that is one number.
fn number(expression: &wasmparser::ConstExpr<'_>) -> Option<u32> {
    let mut operators = expression.get_operators_reader();
    match (operators.read().ok()?, operators.read().ok()?) {
        (Operator::I32Const { value }, Operator::End) => Some(value as u32),
        _ => None,
    }
}

/// Slots that follow each other, with what belongs into them.
fn runs(slots: &BTreeMap<u32, u32>) -> Vec<(u32, Vec<u32>)> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in slots {
        match runs.last_mut() {
            Some((begin, run)) if *begin + run.len() as u32 == *slot => run.push(*function),
            _ => runs.push((*slot, vec![*function])),
        }
    }
    runs
}

/// "a", "b", … "z", "aa", "ba" …
fn brief(mut number: u32) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        DataSection, GlobalSection, GlobalType, IndirectNameMap, InstructionSink, MemorySection, MemoryType,
        NameMap, NameSection, RefType, TableType, ValType,
    };

    use super::*;

    /// Where the words of the data begin.
    const DATA: i32 = 64;

    /// A small app, with a door, what lies behind it, and a table with three functions: nobody's, one of a later screen and one of
    /// the first screen. The data is a table of methods of the later screen's. `main` does what `extra` says, too.
    fn app(door: &str, extra: impl Fn(&mut InstructionSink<'_>)) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("./glue.js", "log", EntityType::Function(0));
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 3,
            maximum: Some(3),
            shared: false,
        });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut globals = GlobalSection::new();
        let stack = GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        globals.global(stack, &ConstExpr::i32_const(1024));
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        exports.export("main", ExportKind::Func, 1);
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(1),
            Elements::Functions([5, 6].as_slice().into()),
        );

        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut names = NameMap::new();
        names.append(0, "log");
        let mut add = |name: &str, ty: u32, body: &dyn Fn(&mut InstructionSink<'_>)| {
            names.append(functions.len() + 1, name);
            functions.function(ty);
            let mut function = Function::new([]);
            body(&mut function.instructions());
            function.instructions().end();
            code.function(&function);
        };
        add("main", 0, &|code| {
            code.call(2).i32_const(7).call(3).drop();
            extra(code);
        });
        add("app::shared", 0, &|code| {
            code.call(0);
        });
        add(door, 1, &|code| {
            code.call(2).call(0).local_get(0).call(4);
        });
        add("app::deep", 1, &|code| {
            code.global_get(0)
                .global_set(0)
                .local_get(0)
                .i32_load(wasm_encoder::MemArg {
                    offset: 0,
                    align: 2,
                    memory_index: 0,
                });
        });
        add("app::views::plan::plan::{closure#0}", 0, &|code| {
            code.call(2);
        });
        add("app::views::today::today::{closure#0}", 0, &|_| {});

        let mut data = DataSection::new();
        let words: Vec<u8> = [0_u32, 4, 4, 1]
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .collect();
        data.active(0, &ConstExpr::i32_const(DATA), words);
        let mut said = NameSection::new();
        said.functions(&names);
        said.locals(&IndirectNameMap::new());
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&tables)
            .section(&memories)
            .section(&globals)
            .section(&exports)
            .section(&elements)
            .section(&code)
            .section(&data)
            .section(&said);
        let bytes = module.finish();
        Validator::new()
            .validate_all(&bytes)
            .expect("the test's own module is valid");
        bytes
    }

    fn halves(extra: impl Fn(&mut InstructionSink<'_>)) -> (Halves, Vec<u8>) {
        let bytes = app("app::views::later_place", extra);
        (split(&bytes).expect("it can be divided"), bytes)
    }

    fn read(half: &[u8]) -> Whole<'_> {
        Whole::read(half).expect("a half is a module")
    }

    /// What is imported, as "module.name".
    fn imports(half: &[u8]) -> Vec<String> {
        let sections = Parser::new(0)
            .parse_all(half)
            .map(|payload| payload.expect("it is valid"));
        sections
            .filter_map(|payload| match payload {
                Payload::ImportSection(section) => Some(section),
                _ => None,
            })
            .flat_map(|section| section.into_imports())
            .map(|import| import.expect("it is valid"))
            .map(|import| format!("{}.{}", import.module, import.name))
            .collect()
    }

    #[test]
    fn what_lies_behind_the_door_moves_and_nothing_else() {
        let (halves, bytes) = halves(|_| {});
        assert_eq!(halves.doors, ["app::views::later_place"]);
        // The door, what is deep behind it, and the closure of the plan.
        assert_eq!(halves.moved, 3);
        // `main`, what is shared, the stub of the door, the closure of today, and the trap.
        let first = read(&halves.first);
        assert_eq!(first.bodies.len(), 5);
        assert_eq!(first.imported, read(&bytes).imported);
    }

    #[test]
    fn what_both_call_stays_once_and_the_rest_imports_it() {
        let (halves, _) = halves(|_| {});
        assert_eq!(
            imports(&halves.rest),
            ["first.a", "first.memory", "first.b", "first.c", "first.d"],
            "the table, the memory, the global, the import of the first, and what is shared"
        );
        let exports = read(&halves.first).exports;
        for name in ["main", "memory", "a", "b", "c", "d"] {
            assert!(
                exports.iter().any(|(_, _, known)| *known == name),
                "{name} is exported"
            );
        }
    }

    #[test]
    fn the_rest_fills_the_slots_that_trap_before() {
        let (halves, bytes) = halves(|_| {});
        let (before, first) = (read(&bytes), read(&halves.first));
        let grown = first.tables.first().map(|table| (table.initial, table.maximum));
        assert_eq!(grown, Some((4, Some(4))), "one slot more, for the door");
        let trap = first.functions.len() as u32 - 1;
        assert_eq!(
            first.slots.get(&1),
            Some(&trap),
            "the closure of the plan is not here yet"
        );
        assert_ne!(first.slots.get(&2), Some(&trap), "the closure of today is");
        assert_eq!(before.slots.len(), first.slots.len());
        let plan = before.plan().expect("it can be divided");
        assert_eq!(runs(&plan.empty), [(1, vec![5]), (3, vec![3])]);
    }

    #[test]
    fn a_method_that_the_first_has_a_hold_on_stays() {
        for held in [DATA, 1] {
            let (halves, _) = halves(|code| {
                code.i32_const(held).drop();
            });
            assert_eq!(
                halves.moved, 2,
                "{held} names the methods or the slot of the closure of the plan"
            );
        }
    }

    #[test]
    fn what_copies_data_stays_with_the_data() {
        let mut named = Named::default();
        named.data_index(0).expect("it only looks");
        assert!(named.copies);
    }

    #[test]
    fn no_names_are_shipped() {
        let (halves, _) = halves(|_| {});
        for half in [&halves.first, &halves.rest] {
            let sections = Parser::new(0)
                .parse_all(half)
                .map(|payload| payload.expect("it is valid"));
            assert!(!sections
                .into_iter()
                .any(|one| matches!(one, Payload::CustomSection(_))));
            assert!(!half.windows(5).any(|bytes| bytes == b"later"));
        }
    }

    #[test]
    fn without_doors_the_markers_are_wrong() {
        let closed = split(&app("app::views::place", |_| {}));
        assert!(closed.is_err_and(|why| why.contains("::later_") && why.contains("--no-inline")));
        assert!(split(b"no module").is_err());
    }

    #[test]
    fn the_names_of_exports_are_short_and_all_different() {
        let names: BTreeSet<String> = (0..2000).map(brief).collect();
        assert_eq!(names.len(), 2000);
        assert!(names.iter().all(|name| name.len() <= 3));
        assert_eq!(
            (brief(0), brief(25), brief(26)),
            ("a".to_string(), "z".to_string(), "aa".to_string())
        );
    }
}

/** Reads the tasks in which something happens step by step: `change` and `giving`. */
import { peopleInOrder } from "./order-of-mention.js";
import { MalformedQuestion, type ToldProblem } from "./parse-result.js";
import type { ChangeProblem, Gift, GivingProblem } from "./problem.js";
import type { Scanner } from "./scanner.js";
import { GAINS, LOSSES } from "./words.js";

/** `Ann has 12 apples, buys 7, eats 3 and finds 2. How many has Ann?` */
export function readPossession(scanner: Scanner): ToldProblem<ChangeProblem> {
  const name = scanner.name();
  scanner.expect(" has ");
  const start = scanner.number(2);
  scanner.expect(" ");
  const unit = scanner.thing();
  const changes = scanner.listGoingOn(() => readChange(scanner, GAINS, LOSSES));
  scanner.expect(". ");
  readAskedSubject(scanner, name, "How many has ");
  return { problem: { task: "change", start, changes }, name, unit };
}

/** `A bag holds 12 apples. Ann adds 7, takes 3 and adds 2. How many are in it?` */
export function readBag(scanner: Scanner): ToldProblem<ChangeProblem> {
  scanner.expect("A bag holds ");
  const start = scanner.number(2);
  scanner.expect(" ");
  const unit = scanner.thing();
  scanner.expect(". ");
  scanner.name();
  scanner.expect(" ");
  const changes = scanner.list(() => readChange(scanner, ["adds"], ["takes"]));
  scanner.expect(". ");
  scanner.expectEnding("How many are in it?");
  return { problem: { task: "change", start, changes }, unit };
}

function readChange(scanner: Scanner, gains: readonly string[], losses: readonly string[]): number {
  const verb = scanner.word([...gains, ...losses], "unknown verb");
  scanner.expect(" ");
  const amount = scanner.number();
  return gains.includes(verb) ? amount : -amount;
}

/** `Friends have apples: Ann 12, Ben 9 and Cem 15. Ann gives Ben 3. Cem gives Ann 4. How many has Ben?` */
export function readGifts(scanner: Scanner): ToldProblem<GivingProblem> {
  scanner.expect("Friends have ");
  const unit = scanner.thing();
  scanner.expect(": ");
  return readGiving(scanner, { verb: " gives ", question: "How many has ", unit });
}

/** `Coins: Ann 12, Ben 9 and Cem 15. Ann pays Ben 3. Cem pays Ann 4. How much has Ben?` */
export function readPayments(scanner: Scanner): ToldProblem<GivingProblem> {
  scanner.expect("Coins: ");
  return readGiving(scanner, { verb: " pays ", question: "How much has ", unit: "coins" });
}

function readGiving(
  scanner: Scanner,
  { verb, question, unit }: { readonly verb: string; readonly question: string; readonly unit: string },
): ToldProblem<GivingProblem> {
  const people = peopleInOrder();
  const starts = scanner.list(() => {
    people.add(scanner.name());
    scanner.expect(" ");
    return scanner.number();
  });
  scanner.expect(". ");
  const gifts: Gift[] = [];
  while (!scanner.accept("How ")) {
    const giver = scanner.name();
    scanner.expect(verb);
    const receiver = scanner.name();
    if (giver === receiver) throw new MalformedQuestion("gift to oneself", `${giver} gives to ${receiver}`);
    scanner.expect(" ");
    gifts.push({ from: people.indexOf(giver), to: people.indexOf(receiver), amount: scanner.number() });
    scanner.expect(". ");
  }
  scanner.expect(question.slice("How ".length), "unknown ending");
  const name = scanner.name();
  scanner.expectEnding("?");
  return { problem: { task: "giving", starts, gifts, asked: people.indexOf(name) }, name, unit };
}

/** A closing question about the one person that was told of. */
export function readAskedSubject(scanner: Scanner, subject: string, before: string, after = "?"): void {
  scanner.expect(before, "unknown ending");
  const name = scanner.name();
  if (name !== subject) throw new MalformedQuestion("another person asked", `${name} is asked about, not ${subject}`);
  scanner.expectEnding(after);
}

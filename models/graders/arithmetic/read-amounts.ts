/** Reads the tasks in which amounts stand side by side: `sharing`, `price` and `leftover`. */
import { OrderOfMention } from "./order-of-mention.js";
import type { ToldProblem } from "./parse-result.js";
import type { LeftoverProblem, PriceProblem, SharingProblem } from "./problem.js";
import { readAskedSubject } from "./read-steps.js";
import type { Scanner } from "./scanner.js";

/** `Ann keeps 5 apples, is one of 4 who share 24 and one of 3 who share 18. How many has Ann?` */
export function readSharers(scanner: Scanner): ToldProblem<SharingProblem> {
  const name = scanner.name();
  scanner.expect(" keeps ");
  const own = scanner.number(2);
  scanner.expect(" ");
  const unit = scanner.thing();
  let before = "is one of ";
  const shares = scanner.listGoingOn(() => {
    scanner.expect(before);
    before = "one of ";
    const among = scanner.number(2);
    scanner.expect(" who share ");
    return { among, amount: scanner.number(2) };
  });
  scanner.expect(". ");
  readAskedSubject(scanner, name, "How many has ");
  return { problem: { task: "sharing", own, shares }, name, unit };
}

/** `Ann takes 5 apples, a share of 24 among 4 and a share of 18 among 3. How many does Ann take?` */
export function readShares(scanner: Scanner): ToldProblem<SharingProblem> {
  const name = scanner.name();
  scanner.expect(" takes ");
  const own = scanner.number(2);
  scanner.expect(" ");
  const unit = scanner.thing();
  const shares = scanner.listGoingOn(() => {
    scanner.expect("a share of ");
    const amount = scanner.number(2);
    scanner.expect(" among ");
    return { amount, among: scanner.number(2) };
  });
  scanner.expect(". ");
  readAskedSubject(scanner, name, "How many does ", " take?");
  return { problem: { task: "sharing", own, shares }, name, unit };
}

/** `Prices: apples 3, pears 5 and nuts 2. Ann buys 4 apples and 2 nuts. What does Ann pay?` */
export function readPurchase(scanner: Scanner): ToldProblem<PriceProblem> {
  scanner.expect("Prices: ");
  const { prices, things } = readPrices(scanner, "");
  const name = scanner.name();
  scanner.expect(" buys ");
  const basket = readBasket(scanner, things);
  scanner.expect(". ");
  readAskedSubject(scanner, name, "What does ", " pay?");
  return { problem: { task: "price", prices, basket }, name };
}

/** `In a shop apples cost 3, pears 5 and nuts 2. What do 4 apples and 2 nuts cost?` */
export function readShop(scanner: Scanner): ToldProblem<PriceProblem> {
  scanner.expect("In a shop ");
  const { prices, things } = readPrices(scanner, " cost");
  scanner.expect("What do ");
  const basket = readBasket(scanner, things);
  scanner.expectEnding(" cost?");
  return { problem: { task: "price", prices, basket } };
}

function readPrices(scanner: Scanner, first: string): { readonly prices: number[]; readonly things: OrderOfMention } {
  const things = new OrderOfMention({ twice: "thing told twice", never: "thing without price" });
  let verb = first;
  const prices = scanner.list(() => {
    things.add(scanner.thing());
    scanner.expect(`${verb} `);
    verb = "";
    return scanner.number();
  });
  scanner.expect(". ");
  return { prices, things };
}

function readBasket(scanner: Scanner, things: OrderOfMention): PriceProblem["basket"] {
  const bought = new OrderOfMention({ twice: "thing told twice", never: "thing without price" });
  return scanner.list(() => {
    const count = scanner.number(2);
    scanner.expect(" ");
    const thing = scanner.thing();
    bought.add(thing);
    return { thing: things.indexOf(thing), count };
  });
}

/** `Ann picks 12, 7 and 4 apples and fills bags of 5. How many are left over?` */
export function readBags(scanner: Scanner): ToldProblem<LeftoverProblem> {
  scanner.name();
  scanner.expect(" picks ");
  const parts = scanner.list(() => scanner.number(2));
  scanner.expect(" ");
  const unit = scanner.thing();
  scanner.expect(" and fills bags of ");
  const bag = scanner.number(2);
  scanner.expect(". ");
  scanner.expectEnding("How many are left over?");
  return { problem: { task: "leftover", parts, bag }, unit };
}

/** `Put 12, 7 and 4 nuts together. Take away 5 at a time. How many remain?` */
export function readHeap(scanner: Scanner): ToldProblem<LeftoverProblem> {
  scanner.expect("Put ");
  const parts = scanner.list(() => scanner.number(2));
  scanner.expect(" ");
  const unit = scanner.thing();
  scanner.expect(" together. Take away ");
  const bag = scanner.number(2);
  scanner.expect(" at a time. ");
  scanner.expectEnding("How many remain?");
  return { problem: { task: "leftover", parts, bag }, unit };
}

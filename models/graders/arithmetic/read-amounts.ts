/** Reads the tasks in which amounts stand side by side: `sharing`, `price` and `leftover`. */
import { OrderOfMention } from "./order-of-mention.js";
import type { ToldProblem } from "./parse-result.js";
import type { LeftoverProblem, PriceProblem, SharingProblem } from "./problem.js";
import { readAskedSubject } from "./read-steps.js";
import type { Scanner } from "./scanner.js";

/** `Ann is one of 4 who share 24 apples, one of 3 who share 18 and one of 7 who share 35. How many does Ann get?` */
export function readSharers(scanner: Scanner): ToldProblem<SharingProblem> {
  const name = scanner.name();
  scanner.expect(" is ");
  const { shares, unit } = readShares(scanner, { before: "one of ", between: " who share " });
  readAskedSubject(scanner, name, "How many does ", " get?");
  return { problem: { task: "sharing", shares }, name, unit };
}

/** `4 equal bags hold 24 apples, 3 hold 18 and 7 hold 35. How many are in one of each?` */
export function readEqualBags(scanner: Scanner): ToldProblem<SharingProblem> {
  const { shares, unit } = readShares(scanner, { before: "", first: " equal bags", between: " hold " });
  scanner.expectEnding("How many are in one of each?");
  return { problem: { task: "sharing", shares }, unit };
}

/** The first share names the thing. */
function readShares(
  scanner: Scanner,
  words: { readonly before: string; readonly first?: string; readonly between: string },
): { readonly shares: SharingProblem["shares"]; readonly unit: string } {
  let unit = "";
  const shares = scanner.list(() => {
    scanner.expect(words.before);
    const among = scanner.number(2);
    if (unit === "") scanner.expect(words.first ?? "");
    scanner.expect(words.between);
    const amount = scanner.number(2);
    if (unit === "") {
      scanner.expect(" ");
      unit = scanner.thing();
    }
    return { amount, among };
  });
  scanner.expect(". ");
  return { shares, unit };
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

import type { RandomStream } from "../../../swarm/random.js";
import type {
  ArithmeticProblem,
  ArithmeticTask,
  Comparison,
  ComparisonProblem,
  Gift,
  GivingProblem,
  PriceProblem,
  TotalProblem,
} from "./problem.js";

/**
 * A share of the largest number that all amounts of a problem may come to: a language model that has learned the writer's habits,
 * and is a little off, still keeps to the rules; and there are few enough sums for a small one to learn.
 */
const BUDGET = 48;
const LARGEST_STEP = 9;
const LARGEST_GIFT = 9;

/**
 * Writes a random solvable problem.
 *
 * @param size what `solve` measures, 1 to 6
 */
export function writeProblem(task: ArithmeticTask, size: number, random: RandomStream): ArithmeticProblem {
  switch (task) {
    case "change":
      return writeChange(size, random);
    case "giving":
      return writeGiving(size, random);
    case "sharing":
      return { task, own: random.integer(2, 15), shares: times(size, () => writeShare(random)) };
    case "comparison":
      return writeComparison(size, random);
    case "total":
      return writeTotal(size, random);
    case "price":
      return writePrice(size, random);
    case "leftover": {
      const largest = Math.floor(BUDGET / size);
      return { task, parts: times(size, () => random.integer(2, largest)), bag: random.integer(3, 9) };
    }
  }
}

function writeChange(size: number, random: RandomStream): ArithmeticProblem {
  const start = random.integer(8, 40);
  let amount = start;
  const changes = times(size, () => {
    const gains = amount <= LARGEST_STEP || (amount < BUDGET && random.uniform() < 0.5);
    const change = random.integer(1, LARGEST_STEP) * (gains ? 1 : -1);
    amount += change;
    return change;
  });
  return { task: "change", start, changes };
}

/** Gifts from and to the person asked about, and at most two among the others. */
function writeGiving(size: number, random: RandomStream): GivingProblem {
  const starts = times(random.integer(2, 4), () => random.integer(8, 20));
  const asked = random.integer(0, starts.length - 1);
  const others = [...starts.keys()].filter((person) => person !== asked);
  const besides = others.length > 1 ? random.integer(0, size > 4 ? 1 : 2) : 0;
  const amounts = [...starts];
  const gifts = random.shuffle(times(size + besides, (index) => index < size)).map((matters): Gift => {
    const [one, other] = (matters ? random.shuffle([asked, random.choice(others)]) : random.sample(others, 2)) as [
      number,
      number,
    ];
    // Who has little gives only to somebody who has no more, so that there is always something to give.
    const gives = (amounts[one] as number) > LARGEST_GIFT || (amounts[one] as number) > (amounts[other] as number);
    const [from, to] = gives ? [one, other] : [other, one];
    const amount = random.integer(1, Math.max(1, Math.min(LARGEST_GIFT, (amounts[from] as number) - 2)));
    amounts[from] = (amounts[from] as number) - amount;
    amounts[to] = (amounts[to] as number) + amount;
    return { from, to, amount };
  });
  return { task: "giving", starts, gifts, asked };
}

function writeShare(random: RandomStream): { readonly amount: number; readonly among: number } {
  const among = random.integer(2, 6);
  return { among, amount: among * random.integer(2, 8) };
}

/** A chain of comparisons, and at most two people beside it. */
function writeComparison(size: number, random: RandomStream): ComparisonProblem {
  const amounts = [random.integer(3, 30)];
  const comparisons: Comparison[] = [];
  const besides = random.integer(0, size > 4 ? 1 : 2);
  let asked = 0;
  for (const matters of random.shuffle(times(size + besides, (index) => index < size))) {
    const other = matters ? asked : random.integer(0, amounts.length - 1);
    compare({ other, amounts, comparisons, largest: 40, random });
    if (matters) asked = comparisons.length;
  }
  return { task: "comparison", start: amounts[0] as number, comparisons, asked };
}

function writeTotal(size: number, random: RandomStream): TotalProblem {
  const largest = Math.floor(BUDGET / (size + 1));
  const amounts = [random.integer(3, largest)];
  const comparisons: Comparison[] = [];
  for (let count = 0; count < size; count++) {
    compare({ other: random.integer(0, count), amounts, comparisons, largest, random });
  }
  return { task: "total", start: amounts[0] as number, comparisons };
}

/** Adds one person, who has at most `largest`. */
function compare(people: {
  readonly other: number;
  readonly amounts: number[];
  readonly comparisons: Comparison[];
  readonly largest: number;
  readonly random: RandomStream;
}): void {
  const { other, amounts, comparisons, largest, random } = people;
  const amount = amounts[other] as number;
  const fewer = Math.min(LARGEST_STEP, Math.floor(amount / 2));
  const more = Math.min(LARGEST_STEP, largest - amount);
  const twice = 2 * amount <= largest && random.uniform() < 0.3;
  const up = fewer < 1 || (more >= 1 && random.uniform() < 0.5);
  const by = up ? random.integer(1, more) : -random.integer(1, fewer);
  comparisons.push({ with: other, by: twice ? "twice" : by });
  amounts.push(twice ? 2 * amount : amount + by);
}

/** Some things on the list are not bought: on short lists one to three, so that few questions are alike. */
function writePrice(size: number, random: RandomStream): PriceProblem {
  const listed = size + (size === 1 ? random.integer(1, 3) : random.integer(0, size > 4 ? 1 : 2));
  const largest = Math.floor(BUDGET / size);
  const prices = times(listed, () => random.integer(1, Math.min(9, Math.floor(largest / 2))));
  const basket = random.sample([...prices.keys()], size).map((thing) => {
    const count = random.integer(2, Math.min(9, Math.floor(largest / (prices[thing] as number))));
    return { thing, count };
  });
  return { task: "price", prices, basket };
}

function times<Item>(count: number, write: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => write(index));
}

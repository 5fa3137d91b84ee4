import { describe, expect, it } from "vitest";
import { graphGrader } from "../../../../models/graders/graphs/grader.js";

const grader = graphGrader();
const NO = "In the graph A-B-C D-E, is there a path between A and E?";
const YES = "In the graph A-B-C, is there a path between A and C?";
// Two optimal paths of weight 5, A-B-D and A-C-D, and the edge A-D of weight 6.
const SHORTEST = "In the graph A-B:2-D:3 A-C:1-D:4 A-D:6, what is the shortest path from A to D?";
const LENGTH =
  "The following paragraph describes an undirected graph with weights.\nNode 0 is connected to node 1 with weight 2, node 2 with weight 9.\n" +
  "Node 1 is connected to node 2 with weight 3.\nQ: What is the shortest path between node 0 and node 2, and what is the length of the " +
  "shortest path?\nPlease directly answer with the length of the shortest path:";
const ORDER = "Tasks A>B A>C>D. In what order can you do all of them?";
const FLOW = "Pipes A>B:3>D:2 A>C:5>D:4. How much can flow from A to D?"; // 2 + 4
const MATCHING = "People and jobs A-1 A-2 B-1 C-1. Who does what so that most have a job?"; // two of three
const HAMILTON = "Roads C-A-B-D. How can you visit every place once?";
const STAR = "Roads A-B A-C A-D. How can you visit every place once?"; // none
const APPLICANTS =
  "There are 2 job applicants numbered from 0 to 1, and 2 jobs numbered from 0 to 1. Each applicant is interested in some of the jobs. " +
  "Each job can only accept one applicant and a job applicant can be appointed for only one job.\nApplicant 0 is interested in job 0.\n" +
  "Applicant 0 is interested in job 1.\nApplicant 1 is interested in job 0.\n" +
  "Q: Find an assignment of jobs to applicants in such that the maximum number of applicants find the job they are interested in.\nA:";

describe("a right reply", () => {
  it.each([
    [YES, ["yes", " yes", "Yes.", "YES", "**Yes**", "Yes, there is a path.", "The answer is yes.", "yes\nno"]],
    [
      YES,
      [
        "A is connected to B and B to C, so the answer is yes.",
        "A is not connected to C itself, but B is to both, so the answer is yes.",
        "There is no edge from A to C. It takes two edges. The answer is yes.",
        "A reaches B, B reaches C; therefore, **yes**",
      ],
    ],
    [NO, ["no", "No.", "No, there is no path.", "The answer is no.", "There is no path", "No, A cannot reach E."]],
    [
      NO,
      [
        "E is not connected to A, so the answer is no.",
        "There are no edges that lead there, so the answer is no.",
        "A cannot reach D, nor can it reach E. Therefore, the final answer is: no",
        "D has no edge to C. The answer is no.",
        "E is not among A, B and C, thus no.",
        "So the answer is no, since E is not connected to A.",
      ],
    ],
    [
      SHORTEST,
      [
        "A-B-D",
        "A-C-D",
        "A B D",
        "A, C, D",
        "A -> B -> D",
        "A → B → D",
        "[A, B, D]",
        "(A,B,D)",
        "node A, node B, node D",
        "A, then B, then D.",
        "The shortest path is A-C-D.",
        "The shortest path from A to D is A,B,D with a total weight of 5",
        "A shortest path from node A to node D is: A -> C -> D (length 5).",
        "I think the path is A B D",
        "Answer: A-B-D",
        "A-B-D, total weight: 5",
        "A-B-D\nbecause 2 + 3 = 5",
      ],
    ],
    [
      LENGTH,
      [
        "5",
        "5.",
        "The length of the shortest path is 5.",
        "The shortest path between node 0 and node 2 is 0,1,2 with a total weight of 5",
        "Length: 5",
      ],
    ],
    [
      ORDER,
      ["A>B>C>D", "A>C>D>B", "A C B D", "A, C, B, D", "The order is A, B, C, D.", "Yes. The solution is: A,B,C,D"],
    ],
    [
      FLOW,
      [
        "6",
        "6.",
        "6 units",
        "The maximum flow is 6",
        "The maximum flow from A to D is 6 units of flow.",
        "Maximum flow: 6",
      ],
    ],
    [
      MATCHING,
      [
        "A-2 B-1",
        "A-2 C-1",
        "C-1 A-2",
        "A-2, B-1",
        "A-2; B-1.",
        "(A,2), (B,1)",
        "[(A, 2), (B, 1)]",
        "A: 2, B: 1",
        "A -> 2, B -> 1",
        "A gets job 2 and B gets job 1",
        "A does 2, B does 1",
        "A maximum matching is A-2 B-1",
        "The matching is: A: 2, B: 1",
      ],
    ],
    [
      APPLICANTS,
      [
        "0-1 1-0",
        "Applicant 0: Job 1, Applicant 1: Job 0",
        "applicant 0: job 1, applicant 1: job 0",
        "applicant 0-job 1 applicant 1-job 0",
        "applicant 0: job 1\napplicant 1: job 0",
        "applicant 0: job 1\napplicant 1: job 0\n2 applicants can find the job they are interested in.",
        "applicant 0: job 1; applicant 1: job 0; 2 applicants can find the job they are interested in.",
      ],
    ],
    [HAMILTON, ["C-A-B-D", "D B A C", "Yes. The path can be: C,A,B,D", "Yes: C-A-B-D"]],
    [
      STAR,
      [
        "no",
        "No, there is no such path.",
        "There is no path that visits every place once.",
        "B, C and D are not neighbours of each other, so the answer is no.",
      ],
    ],
  ])("to %s", (question, replies) => {
    for (const reply of replies) expect(grader.isCorrect(question, reply), reply).toBe(true);
  });
});

describe("a wrong or unclear reply", () => {
  it.each([
    [
      YES,
      [
        "no",
        "",
        "   ",
        "yes no",
        "no yes",
        "yes or no",
        "not yes",
        "maybe yes",
        "Yes, there is no path",
        "y",
        "true",
        "No. Yes.",
        "No, so the answer is yes",
        "The answer is no, therefore the answer is yes",
        "Maybe they meet at B, so the answer is yes",
        "so the answer is yes or no",
        "A-B-C",
      ],
    ],
    [
      NO,
      [
        "yes",
        "",
        "no, but maybe",
        "either no",
        "It is not true that there is no path",
        "It is not true that the answer is no",
        "Yes, A reaches C, so the answer is no",
        "Perhaps E is not connected, so the answer is no",
        "E is not connected to A, so the answer is no or yes",
        "nothing",
        "not",
        "none",
      ],
    ],
    [
      SHORTEST,
      [
        "",
        "A-D",
        "D-B-A",
        "A-B",
        "B-D",
        "A-B-C-D",
        "A-B-D-B-D",
        "A-B-D or A-D",
        "A-B-D A-C-D",
        "A-D is longer, so A-B-D",
        "The path is not A-B-D",
        "A-D is wrong: A-B-D",
        "5",
        "a-b-d",
        "ABD",
        "A-B-D with a total weight of 6",
        "The shortest path from A to C is A-B-D",
        "A-B-D because 2 + 3 = 5",
        "no",
        "\n",
      ],
    ],
    [
      LENGTH,
      [
        "",
        "6",
        "5 or 6",
        "5 6",
        "-5",
        "5.5",
        "05",
        "0,1,2",
        "The shortest path is 0,2 with a total weight of 5",
        "2 + 3 = 5",
        "five",
      ],
    ],
    [
      ORDER,
      ["A>B>C", "B>A>C>D", "A>B>D>C", "A>B>C>D>A", "A>B>C>C", "A>B>C>D>E", "no", "", "D>C>B>A", "A>B>C>D or A>C>B>D"],
    ],
    [
      FLOW,
      [
        "5",
        "7",
        "",
        "6 or 7",
        "6 7",
        "60",
        "-6",
        "6.0",
        "not 6",
        "6 = 2 + 4",
        "2 + 4",
        "The maximum flow from D to A is 6",
        "yes",
      ],
    ],
    [
      MATCHING,
      [
        "",
        "A-2",
        "A-1",
        "A-1 B-1",
        "A-2 A-1",
        "A-2 A-2",
        "B-2 A-1",
        "A-2 B-1 C-1",
        "2-A 1-B",
        "A-2 B-1 or A-2 C-1",
        "A,2,B,1",
        "A 2 B 1",
        "2",
        "no",
        "A-2 B-1 D-3",
      ],
    ],
    [
      APPLICANTS,
      [
        "applicant 0: job 0",
        "applicant 0: job 1",
        "applicant 0: job 1\napplicant 1: job 1",
        "applicant 0: job 1\napplicant 1: job 0\n1 applicants can find the job they are interested in.",
        "0 1 1 0",
        "job 1: applicant 0, job 0: applicant 1",
      ],
    ],
    [HAMILTON, ["yes", "no", "", "C-A-B", "C-B-A-D", "C-A-B-D-C", "C-A-A-D", "No. C-A-B-D"]],
    [STAR, ["yes", "B-A-C-D", "B-A-C", "", "Yes, there is no reason against it"]],
  ])("to %s", (question, replies) => {
    for (const reply of replies) expect(grader.isCorrect(question, reply), reply).toBe(false);
  });
});

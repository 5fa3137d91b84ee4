"""Writes networkx.golden.json: random graph problems and what networkx says of them (networkx 3.x; Hamilton paths by brute force).

Usage: python tests/models/graders/make_golden.py
"""

import itertools
import json
import random
from pathlib import Path

import networkx as nx

LETTERS = "ABCDEFGHIJ"


def random_edges(rng: random.Random, nodes: list[str], ordered: bool) -> list[tuple[str, str]]:
    """Some of all pairs, each joined at most once, ends in random order unless ``ordered``."""
    density = rng.uniform(0.05, 0.4)
    pairs = [pair for pair in itertools.combinations(nodes, 2) if rng.random() < density]
    rng.shuffle(pairs)
    return [pair if ordered or rng.random() < 0.5 else pair[::-1] for pair in pairs]


def has_hamilton_path(graph: nx.Graph) -> bool:
    return any(
        all(graph.has_edge(a, b) for a, b in itertools.pairwise(order)) for order in itertools.permutations(graph.nodes)
    )


def problem(rng: random.Random, task: str) -> dict | None:
    nodes = list(LETTERS[: rng.randint(3, 7 if task == "hamilton-path" else 10)])
    rng.shuffle(nodes)
    query = rng.sample(nodes, 2)
    if task == "bipartite-matching":
        people, jobs = nodes[: (len(nodes) + 1) // 2], [str(i + 1) for i in range(len(nodes) // 2)]
        edges = [(a, b) for a in people for b in jobs if rng.random() < 0.45]
        graph = nx.Graph(edges)
        sides = [person for person in people if person in graph]
        truth = sum(len(nx.bipartite.maximum_matching(part, [n for n in part if n in sides])) // 2 for part in components(graph))
        return {"task": task, "edges": edges, "truth": truth} if graph.number_of_nodes() >= 3 else None

    edges = random_edges(rng, nodes, ordered=task == "topological-sort" and rng.random() < 0.3)
    weights = [rng.randint(1, 9) for _ in edges]
    directed = task in ("topological-sort", "maximum-flow")
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_weighted_edges_from([(a, b, w) for (a, b), w in zip(edges, weights)])
    asked = task in ("connectivity", "shortest-path", "maximum-flow")
    if graph.number_of_nodes() < 3 or (asked and not all(node in graph for node in query)):
        return None
    match task:
        case "connectivity":
            truth = nx.has_path(graph, *query)
        case "cycle":
            truth = len(nx.cycle_basis(graph)) > 0
        case "topological-sort":
            truth = nx.is_directed_acyclic_graph(graph)
        case "shortest-path":
            truth = nx.shortest_path_length(graph, *query, weight="weight") if nx.has_path(graph, *query) else None
        case "maximum-flow":
            truth = nx.maximum_flow_value(graph, *query, capacity="weight")
        case "hamilton-path":
            truth = has_hamilton_path(graph)
    weighted = task in ("shortest-path", "maximum-flow")
    rows = [[a, b, w] if weighted else [a, b] for (a, b), w in zip(edges, weights)]
    return {"task": task, "edges": rows, **({"query": query} if asked else {}), "truth": truth}


def components(graph: nx.Graph) -> list[nx.Graph]:
    return [graph.subgraph(nodes) for nodes in nx.connected_components(graph)]


def main() -> None:
    rng = random.Random(7)
    tasks = ["connectivity", "cycle", "topological-sort", "shortest-path", "maximum-flow", "bipartite-matching", "hamilton-path"]
    problems = []
    for task in tasks:
        count = 0
        while count < 30:
            made = problem(rng, task)
            if made is not None:
                problems.append(made)
                count += 1
    text = "[\n" + ",\n".join(json.dumps(made, separators=(",", ":")) for made in problems) + "\n]\n"
    Path(__file__).with_name("networkx.golden.json").write_text(text)


if __name__ == "__main__":
    main()

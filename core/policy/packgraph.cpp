// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/packgraph.h"

namespace countersign {

namespace {

/// The nodes of a circle that begins at `from`, in order, or none.
std::vector<std::string> circleFrom(const PackGraph &graph, const std::string &from)
{
    std::vector<std::string> path{from};
    std::set<std::string> seen{from};
    std::vector<std::size_t> next{0};
    while (!path.empty()) {
        const auto edges = graph.find(path.back());
        if (edges == graph.end() || next.back() == edges->second.size()) {
            path.pop_back();
            next.pop_back();
            continue;
        }
        const auto &to = edges->second[next.back()++];
        if (to == from) {
            path.push_back(from);
            return path;
        }
        if (seen.insert(to).second) {
            path.push_back(to);
            next.push_back(0);
        }
    }
    return {};
}

std::string arrows(const std::vector<std::string> &nodes)
{
    std::string text;
    for (const auto &node : nodes)
        text += (text.empty() ? "" : " -> ") + node;
    return text;
}

} // namespace

std::set<std::string> reachableFrom(const PackGraph &graph, std::vector<std::string> starts)
{
    std::set<std::string> seen(starts.begin(), starts.end());
    auto &open = starts;
    while (!open.empty()) {
        const auto edges = graph.find(open.back());
        open.pop_back();
        if (edges != graph.end())
            for (const auto &to : edges->second)
                if (seen.insert(to).second)
                    open.push_back(to);
    }
    return seen;
}

void requireNoCircle(PackFaults &faults, const PackGraph &graph, const std::string &from, const std::string &path,
                     std::set<std::string> &told)
{
    const auto circle = circleFrom(graph, from);
    if (circle.empty() || told.contains(from))
        return;
    told.insert(circle.begin(), circle.end());
    faults.add(path, "this goes in a circle: " + arrows(circle) + ".");
}

} // namespace countersign

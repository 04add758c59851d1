// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/prettyjson.h"
#include "core/policy/jsonlines.h"
#include "core/policy/packshape.h"
#include "core/policy/strictjson.h"

#include <algorithm>

namespace countersign {

namespace {

struct Read
{
    PolicyPack pack;
    std::vector<PolicyFault> faults; ///< shape before contents
};

Read readPack(std::string_view text)
{
    if (const auto fault = faultOfJson(text))
        return {{}, {{{}, fault->line, fault->what}}};
    Read read;
    json::value parsed = parseStrictJson(text);
    PackFaults faults;
    checkPackShape(parsed, faults);
    faults.closeShape();
    readJson(parsed, read.pack);
    if (!parsed.get_object().contains("separation"))
        for (const auto rule : enumValues<SeparationRule>())
            if (rule < SeparationRule::ownerDoesNotExplainRed)
                read.pack.separation.insert(rule);
    checkPackContents(read.pack, faults);
    read.faults = faults.all();
    if (read.faults.empty())
        return read;
    const JsonLines lines(text);
    for (auto &fault : read.faults)
        fault.line = lines.line(fault.path);
    return read;
}

void checkDeputiesToday(const PolicyPack &pack, std::string_view text, Date today, std::vector<PolicyFault> &faults)
{
    const JsonLines lines(text);
    for (std::size_t i = 0; i < pack.deputies.size(); ++i) {
        const auto &deputy = pack.deputies[i];
        const auto path = placeIn("deputies", i) + ".until";
        if (deputy.until < today)
            faults.push_back({path, lines.line(path),
                              deputy.deputy + " stands in for " + deputy.person + " until " + toString(deputy.until) +
                                  ", which is over."});
    }
}

} // namespace

PolicyPack parsePolicyPack(std::string_view text)
{
    auto read = readPack(text);
    if (read.faults.empty())
        return std::move(read.pack);
    const auto &first = read.faults.front();
    const auto line = "line " + std::to_string(first.line);
    throw Exception(ErrorCode::InvalidInput,
                    "Policy pack, " + (first.path.empty() ? line + ": " + first.what
                                                          : first.path + ": " + first.what + " (" + line + ")"),
                    "Correct the pack at that place.");
}

std::string policyPackText(const PolicyPack &pack)
{
    return prettyJson(toJson(pack)) + "\n";
}

std::vector<PolicyFault> checkPolicyText(std::string_view text, std::optional<Date> today)
{
    auto read = readPack(text);
    if (today && !faultOfJson(text))
        checkDeputiesToday(read.pack, text, *today, read.faults);
    std::ranges::stable_sort(read.faults, {}, &PolicyFault::line);
    return std::move(read.faults);
}

} // namespace countersign

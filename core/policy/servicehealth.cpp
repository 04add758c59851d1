// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/servicehealth.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

std::string thousands(std::int64_t number)
{
    auto text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

bool isWatched(const Registry &registry, const UsageReport &report)
{
    const auto version = registry.versions.find(report.version);
    const auto model = registry.models.find(report.model);
    return report.open && version != registry.versions.end() && version->second.stage == VersionStage::inProduction &&
           model != registry.models.end() && model->second.stage != Stage::retired;
}

} // namespace

std::vector<ServiceHealth> serviceHealth(const PolicyPack &pack, const Registry &registry, Date today)
{
    struct Service
    {
        const UsageReport *newest = nullptr;
        std::optional<Date> lastUsedOn;
        Date begins{};
    };
    std::map<std::pair<VersionId, std::string>, Service> services;
    for (const auto &[id, report] : registry.usages) {
        if (!isWatched(registry, report))
            continue;
        auto &service = services[{report.version, report.title}];
        service.begins = service.newest ? std::min(service.begins, report.from) : report.from;
        const auto order = [](const UsageReport &each) { return std::pair(each.until, each.entry); };
        if (!service.newest || order(report) >= order(*service.newest))
            service.newest = &report;
        const auto used = report.lastUsedOn        ? report.lastUsedOn
                          : report.predictions > 0 ? std::optional(report.until)
                                                   : std::nullopt;
        if (used && (!service.lastUsedOn || *used > *service.lastUsedOn))
            service.lastUsedOn = used;
    }
    std::vector<ServiceHealth> health;
    for (const auto &[key, service] : services) {
        ServiceHealth made;
        made.newest = service.newest;
        made.failureRate = service.newest->failureRate();
        made.lastUsedOn = service.lastUsedOn.value_or(service.begins);
        made.idleDays = (today - made.lastUsedOn).count();
        made.failing = pack.usage.failsTooOften(made.failureRate);
        made.idle = pack.usage.idleDays > 0 && made.idleDays > pack.usage.idleDays;
        health.push_back(made);
    }
    return health;
}

std::string failuresInWords(const UsageReport &report)
{
    const auto calls = report.predictions + report.failed();
    const auto permille = std::llround(report.failureRate().value_or(0) * 1000);
    std::string reasons;
    for (const auto &failure : report.failures)
        reasons += (reasons.empty() ? " (" : ", ") + failure.reason + " " + thousands(failure.count);
    return std::to_string(permille / 10) + "." + std::to_string(permille % 10) + "% of " + thousands(calls) +
           " calls failed from " + toString(report.from) + " to " + toString(report.until) +
           (reasons.empty() ? "" : reasons + ")");
}

} // namespace countersign

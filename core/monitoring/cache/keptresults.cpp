// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/cache/keptresults.h"

#include "core/base/hash.h"
#include "core/monitoring/cache/cachefolder.h"
#include "core/monitoring/evaluation.h"

namespace countersign {

namespace {

constexpr std::string_view resultName = "result-";
constexpr std::size_t mostResults = 64; ///< of one log

std::string fileOf(const std::string &question)
{
    constexpr std::size_t digits = 32;
    return std::string(resultName) + sha256(std::string_view(question)).hex().substr(0, digits);
}

} // namespace

KeptResults::KeptResults(const LogSelection &selection, const RunSettings &settings)
{
    const CachedAs &log = selection.log().cachedAs;
    const CachedAs &reference = selection.referenceLog().cachedAs;
    if (log.folder.empty() || reference.folder.empty())
        return;
    m_folder = log.folder;
    m_rows = {{"engine", monitoringEngineVersion},      {"log", log.content},
              {"referenceLog", reference.content},      {"time", settings.roles.time},
              {"segment", settings.roles.segment},      {"segmentValue", toJson(settings.segmentValue)},
              {"period", toJson(settings.period)},      {"rowsPerPeriod", settings.rowsPerPeriod},
              {"reference", toJson(settings.reference)}};
}

std::string KeptResults::whole(const json::object &question) const
{
    json::object all = m_rows;
    all["question"] = question;
    return json::serialize(all);
}

std::optional<json::value> KeptResults::read(const json::object &question) const
{
    if (m_folder.empty())
        return std::nullopt;
    const std::string asked = whole(question);
    const auto text = CacheEntry(m_folder).read(fileOf(asked));
    if (!text || !text->starts_with(asked + '\n'))
        return std::nullopt;
    boost::system::error_code damaged;
    json::value answer = json::parse(std::string_view(*text).substr(asked.size() + 1), damaged);
    if (damaged)
        return std::nullopt;
    return answer;
}

void KeptResults::write(const json::object &question, json::value answer) const
{
    const std::string asked = whole(question);
    try {
        const CacheEntry entry(m_folder);
        entry.write(fileOf(asked), asked + '\n' + json::serialize(answer));
        entry.trim(resultName, mostResults);
    } catch (const Exception &) { // no room, or no right to write: it is computed again
    }
}

} // namespace countersign

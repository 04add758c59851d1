// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cases of ../shared/expected/external_cases.json, each with its two columns of cells (from the case itself or from
// the file it names) and the options of the catalogue that its settings stand for.
#pragma once

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/monitoring/logtable.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace externalcases {

namespace json = countersign::json;

inline const std::string folder = std::string(SHARED_DIR) + "/expected/";

struct Case
{
    std::string id, metric, settings, file;
    double expected = 0;
    double tolerance = 0;
    std::vector<std::string> reference, current; ///< empty text: missing
    std::map<std::string, std::string> options;
};

/// Whole columns of a file as text, read once.
class Files
{
public:
    const std::vector<std::string> &column(const std::string &file, const std::string &name)
    {
        auto &found = m_columns[file][name];
        if (!found.empty())
            return found;
        countersign::ReadRequest request;
        request.path = folder + file;
        request.wanted = {name};
        request.categorical = {name};
        const auto table = countersign::readLog(request, 1, {}, {});
        const countersign::LogColumn &column = table.column(name);
        for (const auto &chunk : column.chunks) {
            for (const std::uint32_t code : chunk.codes)
                found.push_back(code == countersign::missingCode ? std::string() : column.categories[code]);
        }
        return found;
    }

private:
    std::map<std::string, std::map<std::string, std::vector<std::string>>> m_columns;
};

inline std::vector<std::string> cells(const json::value &value)
{
    std::vector<std::string> texts;
    if (const auto *array = value.if_array()) {
        for (const json::value &cell : *array)
            texts.push_back(cell.is_null()     ? std::string()
                            : cell.is_string() ? std::string(cell.get_string())
                                               : json::serialize(cell));
    }
    return texts;
}

/// The cells of a column whose row passes.
inline std::vector<std::string> where(const std::vector<std::string> &column,
                                      const std::function<bool(std::size_t)> &passes)
{
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (passes(i))
            kept.push_back(column[i]);
    }
    return kept;
}

inline std::vector<std::string> without(std::vector<std::string> column, const std::string &cell)
{
    std::erase(column, cell);
    return column;
}

inline void readColumns(Case &c, Files &files)
{
    std::smatch match;
    if (c.file.ends_with("bike_sharing_scored.csv")) {
        const auto &day = files.column(c.file, "dteday");
        const auto inReference = [&](std::size_t i) { return day[i] <= "2011-01-28"; };
        const auto inCurrent = [&](std::size_t i) { return day[i] >= "2011-02-12" && day[i] <= "2011-02-18"; };
        if (c.metric.starts_with("regression_")) {
            const std::function<bool(std::size_t)> rows =
                c.metric.ends_with("-ref") ? std::function<bool(std::size_t)>(inReference) : inCurrent;
            c.reference = where(files.column(c.file, "cnt"), rows);
            c.current = where(files.column(c.file, "prediction"), rows);
        } else {
            const std::string feature = c.id.substr(c.id.rfind('-') + 1);
            c.reference = where(files.column(c.file, feature), inReference);
            c.current = where(files.column(c.file, feature), inCurrent);
        }
    } else if (c.file.ends_with("census_ma_employment.csv.gz")) {
        const auto &period = files.column(c.file, "period");
        const auto &feature = files.column(c.file, c.id.substr(c.id.rfind('-') + 1));
        c.reference = where(feature, [&](std::size_t i) { return period[i] == "reference"; });
        c.current = where(feature, [&](std::size_t i) { return period[i] == "analysis"; });
    } else if (std::regex_search(c.settings, match, std::regex("feature (\\w+).*rows (\\d+)\\.\\.(\\d+)"))) {
        const auto &period = files.column(c.file, "period");
        const auto &feature = files.column(c.file, match[1]);
        const std::size_t first = std::stoul(match[2]);
        const std::size_t last = std::stoul(match[3]);
        c.reference = where(feature, [&](std::size_t i) { return period[i] == "reference"; });
        c.current = where(feature, [&](std::size_t i) { return i >= first && i <= last; });
    } else if (c.file.ends_with("toad_metrics.csv")) {
        c.reference = files.column(c.file, "target");
        c.current = files.column(c.file, "score");
    } else if (c.metric.starts_with("sampling_error_")) {
        c.reference = files.column(c.file, "y_true");
        c.current = files.column(c.file, "y_pred");
    } else if (!c.file.empty()) { // samples of different length side by side
        c.reference = without(files.column(c.file, "reference"), {});
        c.current = without(files.column(c.file, "current"), {});
    }
}

inline std::map<std::string, std::string> optionsOf(const Case &c)
{
    std::map<std::string, std::string> options;
    std::smatch match;
    if (std::regex_search(c.settings, match, std::regex("^(?:1 - .*, )?(\\d+) equal-width bins")))
        options = {{"convention", "frouros"}, {"bins", match[1]}};
    if (c.settings.find("doane") != std::string::npos)
        options = {{"convention", "nannyml"}};
    if (c.settings.find("popmon adds 1e-5") != std::string::npos)
        options = {{"zeros", "add"}, {"floor", "1e-5"}};
    if (c.settings.find("ks_2samp default") != std::string::npos)
        options = {{"method", "auto"}};
    if (std::regex_search(c.settings, match, std::regex("chunk size (\\d+)")))
        options = {{"chunk_size", match[1]}};
    if (c.metric == "number_of_alerts_js" && std::regex_search(c.settings, match, std::regex("chunk_size=(\\d+)")))
        options = {{"chunk_size", match[1]}};
    return options;
}

inline std::vector<Case> read()
{
    std::ifstream file(folder + "external_cases.json");
    std::stringstream text;
    text << file.rdbuf();
    std::vector<Case> cases;
    Files files;
    const json::value document = json::parse(text.str());
    for (const auto &entry : document.at("cases").get_array()) {
        const auto &object = entry.get_object();
        const auto word = [&](const char *name) {
            const json::value &value = object.at(name);
            return value.is_string() ? std::string(value.get_string()) : std::string();
        };
        Case c{word("id"), word("metric"), word("settings"), word("data_file"), 0, 0, {}, {}, {}};
        c.expected = object.at("expected").to_number<double>();
        c.tolerance = object.at("tolerance").to_number<double>();
        if (const auto *exact = object.if_contains("scipy_exact"); exact != nullptr && exact->is_number()) {
            c.expected = exact->to_number<double>(); // the published value approximates it
            c.tolerance = 1e-12 * std::max(1.0, std::abs(c.expected));
        }
        c.reference = cells(object.at("reference"));
        c.current = cells(object.at("current"));
        if (c.reference.empty())
            readColumns(c, files);
        c.options = optionsOf(c);
        cases.push_back(std::move(c));
    }
    return cases;
}

} // namespace externalcases

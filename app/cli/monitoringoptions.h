// SPDX-License-Identifier: GPL-3.0-or-later
//
// Options that compare and drift share, read from text.
#pragma once

#include "app/cli/command.h"
#include "app/cli/jsonwriter.h"
#include "core/monitoring/comparison.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace countersign::cli {

/// "NAME=numeric" or "NAME=categorical", any number of them. Throws UsageError.
[[nodiscard]] std::map<std::string, ColumnType> parseTypes(const std::vector<std::string> &texts);
/// "deciles" or "range". Throws UsageError.
[[nodiscard]] BinRule parseBins(const std::string &text);
/// "month", "week", "day", "year" or "rows:N". Throws UsageError.
[[nodiscard]] std::pair<PeriodKind, std::uint64_t> parsePeriod(const std::string &text);
/// The day itself, or the first day of "2015-03" or "2015". Throws UsageError.
[[nodiscard]] Date parseFirstDay(const std::string &option, const std::string &text);
/// The day itself, or the last day of "2015-03" or "2015". Throws UsageError.
[[nodiscard]] Date parseLastDay(const std::string &option, const std::string &text);
/// "COLUMN=VALUE". Throws UsageError.
[[nodiscard]] std::pair<std::string, std::string> parseAssignment(const std::string &option, const std::string &text);

/// Adds --special COLUMN=VALUE.
void addSpecialOption(CLI::App &app, std::vector<std::string> &texts);
/// What it says. Throws UsageError.
[[nodiscard]] SpecialTexts parseSpecial(const std::vector<std::string> &texts);

/// "numeric" or "categorical".
[[nodiscard]] std::string_view typeName(ColumnType type);
void writeStatistics(JsonWriter &json, const std::vector<StatisticValue> &statistics);
/// {"as": {"evidently": {"psi": 0.1}}}; nothing without values.
void writeAsTools(JsonWriter &json, const std::vector<ToolValue> &values);
/// Adds "--as TOOL".
void addToolsOption(CLI::App &app, std::vector<std::string> &tools);
/// How often the special values occur on both sides; nothing where none is declared.
void writeSpecial(JsonWriter &json, const std::vector<SpecialCount> &special);
/// A CSV field, quoted where it must be.
[[nodiscard]] std::string csvField(std::string_view text);
/// 17 significant digits; empty for NaN.
[[nodiscard]] std::string csvNumber(double value);

} // namespace countersign::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/databaseoptions.h"
#include "app/cli/logoptions.h"
#include "core/monitoring/comparison.h"

namespace countersign::cli {

/// Drift, performance, its estimate, fairness and data quality of a scoring log, period by period.
class DriftCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "drift"; }
    [[nodiscard]] std::string summary() const override { return "Drift and performance of a scoring log over time"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    [[nodiscard]] DriftRequest request() const;

    std::vector<std::string> m_logs;
    LogOptions m_dialect;
    DatabaseOptions m_database;
    std::string m_time;
    std::string m_period = "month";
    std::string m_from;
    std::string m_until;
    std::string m_reference;
    std::uint64_t m_firstPeriods = 0;
    std::string m_score;
    std::string m_prediction;
    std::string m_target;
    std::string m_positive;
    double m_threshold = DecisionRule().threshold;
    std::string m_favourable = "above";
    std::vector<std::string> m_groups;
    std::vector<std::string> m_comparisonGroups;
    std::string m_segment;
    std::string m_grade;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_types;
    std::vector<std::string> m_special;
    std::vector<std::string> m_tools;
    std::string m_bins = "deciles";
    std::string m_format = "json";
    unsigned m_threads = 0;
    bool m_noCache = false;
    bool m_allStatistics = false;
};

} // namespace countersign::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/logoptions.h"

namespace countersign::cli {

/// One statistic of the catalogue, of one column of two files.
class StatCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "stat"; }
    [[nodiscard]] std::string summary() const override { return "Compute one statistic of two columns"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    void list(std::ostream &out) const;
    void compute(std::ostream &out) const;

    std::string m_statistic;
    std::string m_reference;
    std::string m_current;
    std::string m_column;
    std::string m_referenceColumn;
    std::string m_currentColumn;
    std::vector<std::string> m_options;
    LogOptions m_dialect;
    bool m_list = false;
    unsigned m_draws = 0; ///< of the bootstrap; 0: no interval
    std::string m_format = "json";
};

} // namespace countersign::cli

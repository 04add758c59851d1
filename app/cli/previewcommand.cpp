// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/previewcommand.h"

#include "app/cli/monitoringoptions.h"
#include "core/monitoring/preview.h"

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <utility>

namespace countersign::cli {

namespace {

std::string_view typeOf(const PreviewColumn &column)
{
    return column.isTime ? "time" : typeName(column.type);
}

std::vector<std::pair<std::string_view, std::string>> rolesOf(const LogPreview &log)
{
    return {{"time", log.roles.time},     {"score", log.roles.score},     {"prediction", log.roles.prediction},
            {"target", log.roles.target}, {"segment", log.roles.segment}, {"grade", log.roles.grade}};
}

std::string samplesOf(const PreviewColumn &column)
{
    std::string samples;
    for (const std::string &sample : column.samples)
        samples += (samples.empty() ? "" : ", ") + (sample.empty() ? std::string("(missing)") : sample);
    return samples;
}

void writeText(std::ostream &out, const LogPreview &log)
{
    for (const PreviewFile &file : log.files)
        out << file.name << ": " << file.estimatedRows << " rows" << (log.wholeFile ? "" : ", estimated") << ", "
            << file.bytes << " bytes\n";
    out << '\n';
    for (const DialectGuess &guess : log.guesses)
        out << std::left << std::setw(13) << partInWords(guess.part) << ' ' << guess.value
            << (guess.sure || guess.chosen ? "; " : "; NOT SURE: ") << guess.why << '\n';
    out << '\n';
    std::size_t width = 0;
    for (const PreviewColumn &column : log.columns)
        width = std::max(width, column.name.size());
    for (const PreviewColumn &column : log.columns) {
        std::string role = column.identifier ? " (likely an identifier)" : "";
        for (const auto &[part, name] : rolesOf(log)) {
            if (name == column.name)
                role = " (likely the " + std::string(part) + ")";
        }
        out << std::left << std::setw(static_cast<int>(width)) << column.name << "  " << std::setw(11) << typeOf(column)
            << "  " << samplesOf(column) << role << '\n';
    }
}

void writeJson(std::ostream &out, const LogPreview &log)
{
    JsonWriter json(out);
    json.beginObject();
    json.key("files");
    json.beginArray();
    for (const PreviewFile &file : log.files) {
        json.beginObject();
        json.member("name", file.name);
        json.member("bytes", file.bytes);
        json.member("estimated_rows", file.estimatedRows);
        json.endObject();
    }
    json.endArray();
    json.member("sampled_rows", log.sampledRows);
    json.member("estimated_rows", log.estimatedRows);
    json.key("dialect");
    json.beginArray();
    for (const DialectGuess &guess : log.guesses) {
        json.beginObject();
        json.member("part", guess.part);
        json.member("value", guess.value);
        json.member("why", guess.why);
        json.key("sure");
        json.boolean(guess.sure);
        json.endObject();
    }
    json.endArray();
    json.key("columns");
    json.beginArray();
    for (const PreviewColumn &column : log.columns) {
        json.beginObject();
        json.member("name", column.name);
        json.member("type", typeOf(column));
        json.member("missing", column.missing);
        json.member("distinct", column.distinct);
        json.key("identifier");
        json.boolean(column.identifier);
        json.key("samples");
        json.beginArray();
        for (const std::string &sample : column.samples)
            json.value(sample);
        json.endArray();
        json.endObject();
    }
    json.endArray();
    json.key("roles");
    json.beginObject();
    for (const auto &[part, name] : rolesOf(log)) {
        if (!name.empty())
            json.member(part, name);
    }
    json.endObject();
    json.endObject();
}

} // namespace

void PreviewCommand::configure(CLI::App &app)
{
    app.add_option("log", m_logs, "Scoring log: a file, several files, or a folder of them, read as one log")
        ->required();
    m_dialect.configure(app);
    app.add_option("--format", m_format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
}

ExitCode PreviewCommand::run(std::ostream &out, std::ostream &err)
{
    const LogPreview log =
        preview(m_logs.front(), m_dialect.dialect(), std::vector<std::string>(m_logs.begin() + 1, m_logs.end()));
    for (const std::string &warning : log.warnings)
        err << "Note: " << warning << '\n';
    m_format == "json" ? writeJson(out, log) : writeText(out, log);
    return Success;
}

} // namespace countersign::cli

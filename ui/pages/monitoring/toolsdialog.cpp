// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/toolsdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/decimal.h"
#include "core/report/report.h"
#include "core/workspace/importer.h"
#include "ui/jobs/jobrunner.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/rowstable.h"
#include "ui/shell/context.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// As the tools write themselves.
QString toolName(const std::string &tool)
{
    return tool == "evidently" ? u"Evidently"_s : tool == "nannyml" ? u"NannyML"_s : toQt(tool);
}

/// "jensen_shannon_distance" in words.
QString statisticName(const std::string &statistic)
{
    if (statistic == "psi")
        return u"PSI"_s;
    if (statistic == "ks_statistic")
        return u"KS"_s;
    if (statistic == "kl_divergence")
        return ToolsDialog::tr("Kullback-Leibler divergence");
    if (statistic.starts_with("jensen_shannon_"))
        return ToolsDialog::tr("Jensen-Shannon %1").arg(toQt(statistic).section(u'_', 2));
    if (statistic == "l_infinity")
        return u"L-infinity"_s;
    return capitalised(toQt(statistic).replace(u'_', u' '));
}

Cell figureCell(std::optional<double> value)
{
    const bool known = value && !std::isnan(*value);
    Cell cell(known ? QString::number(*value, 'f', 4) : u"–"_s, known ? QVariant(*value) : QVariant());
    cell.toolTip = known ? QString::number(*value, 'g', 17) : ToolsDialog::tr("Not counted by this tool, or undefined");
    cell.number = true;
    return cell;
}

QStringList toolHeadings()
{
    QStringList titles{ToolsDialog::tr("Statistic"), ToolsDialog::tr("Countersign")};
    for (const std::string &tool : otherTools())
        titles << toolName(tool);
    return titles;
}

} // namespace

ToolsDialog::ToolsDialog(Context &context, RunResult recorded, const QString &feature, int period, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_recorded(std::move(recorded))
    , m_features(new QComboBox(this))
    , m_periods(new QComboBox(this))
    , m_message(new MessageBar(this))
    , m_figures(new RowsTable(tr("Figures as each tool counts them"), toolHeadings(), this))
{
    setWindowTitle(tr("As other tools count"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 26);
    m_message->setClosable(false);
    m_figures->shareWidth({0});
    for (const FeatureResult &each : m_recorded.features)
        m_features->addItem(toQt(each.name));
    for (const RunPeriod &each : m_recorded.periods)
        m_periods->addItem(toQt(each.label));
    auto *featureLabel = new QLabel(tr("&Feature"), this);
    featureLabel->setBuddy(m_features);
    auto *periodLabel = new QLabel(tr("&Period"), this);
    periodLabel->setBuddy(m_periods);
    auto *choices = new QHBoxLayout;
    choices->addWidget(featureLabel);
    choices->addWidget(m_features, 1);
    choices->addWidget(periodLabel);
    choices->addWidget(m_periods, 1);
    auto *note = quietLabel(this);
    note->setText(tr("The same rows, cut as each tool cuts them: Countersign into deciles of the reference and what "
                     "lies outside it; Evidently into Sturges' bins of both sides; frouros into ten of equal width; "
                     "NannyML into Doane's bins of the reference, and a long reference into one bin for 500 values for "
                     "KS and Wasserstein. No verdict follows from these figures, and nothing is recorded."));
    note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *save = buttons->addButton(tr("E&xport…"), QDialogButtonBox::ActionRole);
    save->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addLayout(choices);
    column->addWidget(m_message);
    column->addWidget(m_figures, 1);
    column->addWidget(note);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &ToolsDialog::reject);
    connect(save, &QPushButton::clicked, this, &ToolsDialog::exportCsv);
    choose(feature, period);
    connect(m_features, &QComboBox::currentIndexChanged, this, &ToolsDialog::count);
    connect(m_periods, &QComboBox::currentIndexChanged, this, &ToolsDialog::showPeriod);
    m_features->setFocus();
}

ToolsDialog::~ToolsDialog()
{
    m_context.jobs.forget(this);
}

QString ToolsDialog::message() const
{
    return m_message->text();
}

void ToolsDialog::choose(const QString &feature, int period)
{
    const QSignalBlocker quietFeatures(m_features);
    const QSignalBlocker quietPeriods(m_periods);
    m_features->setCurrentIndex(std::max(0, m_features->findText(feature)));
    if (period >= 0 && period < m_periods->count())
        m_periods->setCurrentIndex(period);
    count();
}

void ToolsDialog::count()
{
    m_context.jobs.forget(this);
    m_counted.reset();
    showPeriod();
    m_message->showMessage(MessageBar::Kind::info, tr("The log is being read again."));
    RunOptions options;
    options.cacheFolder = m_context.workspace.logCacheFolder();
    m_context.jobs.run(
        tr("Count as other tools do"), this,
        [recorded = m_recorded, feature = toStd(m_features->currentText()), options](const CancelToken &cancel,
                                                                                     const Progress &progress) {
            return countRunAsTools(recorded, feature, options, cancel, progress);
        },
        [this](const Result<RunAsTools> &counted) {
            if (!counted)
                return m_message->showError(counted.error());
            m_counted = *counted;
            if (m_counted->sameLog)
                m_message->clear();
            else
                m_message->showMessage(MessageBar::Kind::warning,
                                       tr("The log has changed since the run was recorded. All figures here, ours too, "
                                          "are of what it holds now."));
            showPeriod();
        });
}

void ToolsDialog::showPeriod()
{
    QList<Row> rows;
    const int period = m_periods->currentIndex();
    if (m_counted && period >= 0) {
        for (const ToolsFigure &figure : m_counted->periods[static_cast<std::size_t>(period)].figures) {
            Row row{toQt(figure.statistic), {Cell(statisticName(figure.statistic)), figureCell(figure.ours)}};
            for (const double value : figure.asTools)
                row.cells << figureCell(value);
            rows << row;
        }
    }
    m_figures->setRows(rows);
}

void ToolsDialog::exportCsv()
{
    ReportTable table{{"feature", "period", "statistic", "countersign"}, {}, {}};
    const auto tools = otherTools();
    table.header.insert(table.header.end(), tools.begin(), tools.end());
    const auto text = [](std::optional<double> value) {
        return value && !std::isnan(*value) ? decimalFromDouble(*value) : std::string();
    };
    for (const ToolsPeriod &period : m_counted ? m_counted->periods : std::vector<ToolsPeriod>()) {
        for (const ToolsFigure &figure : period.figures) {
            std::vector<std::string> cells{toStd(m_features->currentText()), period.label, figure.statistic,
                                           text(figure.ours)};
            for (const double value : figure.asTools)
                cells.push_back(text(value));
            table.rows.push_back(std::move(cells));
        }
    }
    saveAndSay(
        m_context, this, *m_message,
        {tr("Export the figures"), u"as-other-tools-count.csv"_s, tr("CSV (*.csv)"), tr("The figures are in %1")},
        toCsv(table));
}

} // namespace countersign

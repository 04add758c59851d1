// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/runside.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include "ui/shell/context.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

constexpr int referencePeriod = -1;

QString runTitle(const Registry &registry, const MonitoringRun &run)
{
    const auto version = registry.versions.find(run.version);
    return RunSide::tr("Version %1 · %2 · %3 · %4 rows")
        .arg(version == registry.versions.end() ? QString() : toQt(version->second.label), timeText(run.at).left(16),
             toQt(run.source), countText(run.rows));
}

} // namespace

RunSide::RunSide(Context &context, const ModelId &model, const QString &title, const Offered &offered, QWidget *parent)
    : QGroupBox(title, parent)
    , m_reader(context.workspace, context.jobs)
    , m_run(new QComboBox(this))
    , m_period(new QComboBox(this))
{
    m_run->setAccessibleName(tr("%1: run").arg(title));
    m_run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_run->setMinimumContentsLength(24);
    m_period->setAccessibleName(tr("%1: period").arg(title));
    const auto &registry = context.workspace.registry();
    for (const auto *run : registry.runsOf(model))
        if (!offered || offered(*run))
            m_run->addItem(runTitle(registry, *run), toQt(run->id.str()));
    m_run->setCurrentIndex(-1);
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_run, 2);
    row->addWidget(m_period, 1);
    connect(m_run, &QComboBox::currentIndexChanged, this, [this] {
        load();
        Q_EMIT changed();
    });
    connect(m_period, &QComboBox::currentIndexChanged, this, &RunSide::changed);
}

void RunSide::load()
{
    const QSignalBlocker quiet(m_period);
    m_loaded = run();
    m_result.reset();
    m_period->clear();
    m_wanted.reset();
    m_reader.forget();
    if (!m_loaded.valid())
        return;
    if (m_other && m_other->m_result && m_other->m_loaded == m_loaded) {
        m_result = m_other->m_result;
        return fill();
    }
    m_atOnce = true;
    m_reader.read(m_loaded, [this](Result<RunResult> &&result) {
        if (!result)
            return Q_EMIT failed(result.error());
        m_result = std::make_shared<const RunResult>(std::move(*result));
        fill();
        if (!m_atOnce)
            Q_EMIT changed();
    });
    m_atOnce = false;
}

void RunSide::fill()
{
    const QSignalBlocker quiet(m_period);
    m_period->addItem(tr("Reference: %1").arg(toQt(m_result->reference.label)), referencePeriod);
    for (std::size_t i = 0; i < m_result->periods.size(); ++i)
        m_period->addItem(toQt(m_result->periods[i].label), static_cast<int>(i));
    m_period->setCurrentIndex(m_wanted ? m_period->findData(*m_wanted) : m_period->count() - 1);
}

void RunSide::choose(const RunId &run)
{
    m_run->setCurrentIndex(m_run->findData(toQt(run.str())));
}

void RunSide::choose(const RunId &run, int period)
{
    {
        const QSignalBlocker quiet(this);
        choose(run);
        m_wanted = period;
        m_period->setCurrentIndex(m_period->findData(period));
    }
    Q_EMIT changed();
}

void RunSide::choosePeriod(int index)
{
    m_period->setCurrentIndex(index);
}

int RunSide::periods() const
{
    return m_period->count();
}

RunId RunSide::run() const
{
    return RunId(toStd(m_run->currentData().toString()));
}

int RunSide::periodNumber() const
{
    return m_period->currentData().isValid() ? m_period->currentData().toInt() : referencePeriod;
}

std::optional<std::size_t> RunSide::period() const
{
    const int at = periodNumber();
    return at < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(at));
}

QString RunSide::periodText() const
{
    return m_period->currentText();
}

void RunSide::followPeriod(const QString &text)
{
    if (const auto at = m_period->findText(text); at >= 0)
        m_period->setCurrentIndex(at);
}

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringsetupform.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>
#include <limits>

#include "core/workspace/importer.h"
#include "ui/jobs/jobrunner.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/monitoringsetupcolumns.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

QString periodName(PeriodKind kind)
{
    switch (kind) {
    case PeriodKind::Month:
        return MonitoringSetupForm::tr("Month");
    case PeriodKind::Week:
        return MonitoringSetupForm::tr("Week");
    case PeriodKind::Day:
        return MonitoringSetupForm::tr("Day");
    case PeriodKind::Year:
        return MonitoringSetupForm::tr("Year");
    case PeriodKind::Rows:
        break;
    }
    return MonitoringSetupForm::tr("Number of rows");
}

QHBoxLayout *withButton(QWidget *field, QPushButton *button)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(field, 1);
    row->addWidget(button);
    return row;
}

QLineEdit *pathLine(const QString &name)
{
    auto *line = new QLineEdit;
    line->setReadOnly(true);
    line->setAccessibleName(name);
    return line;
}

} // namespace

MonitoringSetupForm::MonitoringSetupForm(Context &context, const ModelVersion &version, std::optional<RunSettings> last,
                                         QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_version(version)
    , m_last(std::move(last))
    , m_columns(new MonitoringSetupColumns(this))
{
    auto *left = new QVBoxLayout;
    left->addWidget(makeParts());
    left->addWidget(makePeriods());
    left->addWidget(makeImportance());
    left->addStretch(1);
    auto *halves = new QHBoxLayout;
    halves->addLayout(left, 4);
    halves->addWidget(makeColumns(), 5);
    auto *limitsLabel = quietLabel(this);
    limitsLabel->setText(tr("Limits: %1").arg(limitsText(context.workspace.policy(), limits())));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeFile());
    column->addLayout(halves, 1);
    column->addWidget(limitsLabel);
    connect(m_columns, &QAbstractItemModel::dataChanged, this, &MonitoringSetupForm::follow);
    if (m_last && QFileInfo::exists(toQt(m_last->path)))
        openLog(toQt(m_last->path));
    else
        follow();
}

MonitoringLimits MonitoringSetupForm::limits() const
{
    const auto &workspace = m_context.workspace;
    return limitsOf(workspace.policy(), workspace.registry(), m_version.model);
}

QWidget *MonitoringSetupForm::makeFile()
{
    auto *box = new QWidget(this);
    m_path = pathLine(tr("Scoring log"));
    m_path->setPlaceholderText(tr("A CSV or TSV file, plain or gzip, with one row per prediction"));
    auto *button = new QPushButton(tr("&Choose log…"), box);
    connect(button, &QPushButton::clicked, this,
            [this] { browse(tr("Choose the scoring log"), &MonitoringSetupForm::openLog); });
    m_description = quietLabel(box);
    auto *label = new QLabel(tr("Scoring log"), box);
    auto *row = withButton(m_path, button);
    row->insertWidget(0, label);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_description);
    return box;
}

QWidget *MonitoringSetupForm::makeParts()
{
    auto *box = new QGroupBox(tr("Columns with a part"), this);
    auto *form = new QFormLayout(box);
    const auto add = [&](const QString &label, const QString &help) {
        auto *choice = new QComboBox(box);
        choice->setToolTip(help);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(16);
        form->addRow(label, choice);
        choice->setAccessibleName(QString(label).remove(u'&'));
        connect(choice, &QComboBox::currentIndexChanged, this, &MonitoringSetupForm::follow);
        return choice;
    };
    m_time = add(tr("&Time"), tr("Date or date and time of the prediction"));
    m_score = add(tr("&Score"), tr("Probability or score; with a yes-or-no target it gives the AUC"));
    m_prediction = add(tr("&Prediction"), tr("Predicted value; with a numeric target it gives the RMSE"));
    m_target = add(tr("Tar&get"), tr("What happened; empty cells are outcomes not known yet"));
    m_segment = add(tr("S&egment"), tr("Restrict the run to the rows of one segment"));
    m_segmentValue = new QComboBox(box);
    m_segmentValue->setEditable(true);
    m_segmentValue->setAccessibleName(tr("Only segment"));
    form->addRow(tr("&Only segment"), m_segmentValue);
    connect(m_segmentValue, &QComboBox::editTextChanged, this, &MonitoringSetupForm::follow);
    m_threshold = new QDoubleSpinBox(box);
    m_threshold->setAccessibleName(tr("Decision threshold"));
    m_threshold->setToolTip(
        tr("A score at or over it is taken for the event: accuracy, precision, recall and decisions "
           "follow from it"));
    m_threshold->setDecimals(4);
    m_threshold->setRange(-1e9, 1e9);
    m_threshold->setSingleStep(0.05);
    m_threshold->setValue(DecisionRule().threshold);
    form->addRow(tr("&Decision threshold"), m_threshold);
    m_favourable = new QComboBox(box);
    m_favourable->setAccessibleName(tr("Favourable to people"));
    m_favourable->addItem(tr("A score at or over the threshold"), static_cast<int>(FavourableDecision::AtOrOver));
    m_favourable->addItem(tr("A score under the threshold"), static_cast<int>(FavourableDecision::Under));
    m_favourable->setToolTip(tr("Which decision fairness counts as the favourable one"));
    form->addRow(tr("Fa&vourable to people"), m_favourable);
    return box;
}

QWidget *MonitoringSetupForm::makePeriods()
{
    auto *box = new QGroupBox(tr("Periods and reference"), this);
    m_period = new QComboBox(box);
    m_period->setAccessibleName(tr("Period"));
    for (const PeriodKind kind : enumValues<PeriodKind>())
        m_period->addItem(periodName(kind), static_cast<int>(kind));
    m_rowsPerPeriod = new QSpinBox(box);
    m_rowsPerPeriod->setRange(1, std::numeric_limits<int>::max());
    m_rowsPerPeriod->setAccessibleName(tr("Rows per period"));
    m_rowsPerPeriod->setGroupSeparatorShown(true);
    auto *period = new QHBoxLayout;
    period->addWidget(m_period);
    period->addWidget(m_rowsPerPeriod, 1);

    m_untilButton = new QRadioButton(tr("&Until"), box);
    m_until = new QDateEdit(box);
    m_until->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_until->setCalendarPopup(true);
    m_until->setAccessibleName(tr("Reference until"));
    m_firstButton = new QRadioButton(tr("&First"), box);
    m_first = new QSpinBox(box);
    m_first->setRange(1, 1000);
    m_first->setSuffix(tr(" periods"));
    m_first->setAccessibleName(tr("First periods as reference"));
    m_fileButton = new QRadioButton(tr("&Another file"), box);
    m_referencePath = pathLine(tr("Reference file"));
    auto *choose = new QPushButton(tr("Choose…"), box);
    choose->setAccessibleName(tr("Choose the reference file"));
    connect(choose, &QPushButton::clicked, this,
            [this] { browse(tr("Choose the reference log"), &MonitoringSetupForm::openReference); });
    m_firstButton->setChecked(true);

    auto *form = new QFormLayout(box);
    auto *label = new QLabel(tr("Per&iod"), box);
    label->setBuddy(m_period);
    form->addRow(label, period);
    form->addRow(m_untilButton, m_until);
    form->addRow(m_firstButton, m_first);
    form->addRow(m_fileButton, withButton(m_referencePath, choose));
    connect(m_period, &QComboBox::currentIndexChanged, this, &MonitoringSetupForm::follow);
    connect(m_until, &QDateEdit::dateChanged, this, &MonitoringSetupForm::follow);
    for (QSpinBox *spin : {m_rowsPerPeriod, m_first})
        connect(spin, &QSpinBox::valueChanged, this, &MonitoringSetupForm::follow);
    for (QRadioButton *button : {m_untilButton, m_firstButton, m_fileButton})
        connect(button, &QRadioButton::toggled, this, &MonitoringSetupForm::follow);
    return box;
}

QWidget *MonitoringSetupForm::makeImportance()
{
    auto *box = new QGroupBox(tr("Importance of the features"), this);
    const auto known = m_version.importance.size();
    m_versionImportance =
        new QRadioButton(tr("Of version %1 (%2 features)").arg(toQt(m_version.label)).arg(known), box);
    m_versionImportance->setEnabled(known > 0);
    m_versionImportance->setChecked(known > 0);
    m_noImportance = new QRadioButton(tr("Not known"), box);
    m_noImportance->setChecked(known == 0);
    m_fileImportance = new QRadioButton(tr("From a file"), box);
    m_importancePath = pathLine(tr("Importance file"));
    m_importancePath->setPlaceholderText(tr("CSV with feature and importance"));
    auto *choose = new QPushButton(tr("Choose…"), box);
    choose->setAccessibleName(tr("Choose the importance file"));
    connect(choose, &QPushButton::clicked, this,
            [this] { browse(tr("Choose the importance table"), &MonitoringSetupForm::openImportance); });
    auto *row = withButton(m_importancePath, choose);
    row->insertWidget(0, m_fileImportance);
    auto *column = new QVBoxLayout(box);
    auto *plain = new QHBoxLayout;
    plain->addWidget(m_versionImportance);
    plain->addWidget(m_noImportance);
    plain->addStretch(1);
    column->addLayout(plain);
    column->addLayout(row);
    for (QRadioButton *button : {m_versionImportance, m_noImportance, m_fileImportance})
        connect(button, &QRadioButton::toggled, this, &MonitoringSetupForm::follow);
    return box;
}

QWidget *MonitoringSetupForm::makeColumns()
{
    auto *box = new QGroupBox(tr("Features"), this);
    m_table = new QTableView(box);
    m_table->setAccessibleName(tr("Columns of the scoring log"));
    m_table->setModel(m_columns);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_used = new QLabel(box);
    auto *all = new QPushButton(tr("Use a&ll"), box);
    auto *none = new QPushButton(tr("Use n&one"), box);
    connect(all, &QPushButton::clicked, this, [this] { m_columns->setAllUsed(true); });
    connect(none, &QPushButton::clicked, this, [this] { m_columns->setAllUsed(false); });
    auto *row = new QHBoxLayout;
    row->addWidget(m_used, 1);
    row->addWidget(all);
    row->addWidget(none);
    auto *column = new QVBoxLayout(box);
    column->addWidget(m_table, 1);
    column->addLayout(row);
    return box;
}

void MonitoringSetupForm::browse(const QString &title, void (MonitoringSetupForm::*open)(const QString &))
{
    if (const auto path = m_context.dialogs.openFile(this, title, tr("Tables (*.csv *.tsv *.txt *.gz);;All files (*)")))
        (this->*open)(*path);
}

void MonitoringSetupForm::openLog(const QString &path)
{
    m_path->setText(path);
    m_preview.reset();
    m_logError.clear();
    m_description->setText(tr("Reading the beginning of the log…"));
    follow();
    m_context.jobs.run(
        tr("Read a scoring log"), this,
        [file = toStd(path)](const CancelToken &, const Progress &) { return previewScoringLog(file); },
        [this, path](const Result<LogPreview> &preview) {
            if (path != m_path->text())
                return;
            if (!preview) {
                m_logError = toQt(preview.error().text());
                m_description->clear();
                m_columns->setPreview({}, {});
                return follow();
            }
            m_preview = *preview;
            QStringList words{logDescription(*preview)};
            words << toQt(preview->warnings);
            m_description->setText(words.join(u' '));
            fill(proposedSettings(toStd(path), *preview, limits(), m_last));
        });
}

void MonitoringSetupForm::openReference(const QString &path)
{
    m_referencePath->setText(path);
    m_referencePreview.reset();
    m_fileButton->setChecked(true);
    follow();
    m_context.jobs.run(
        tr("Read a reference log"), this,
        [file = toStd(path)](const CancelToken &, const Progress &) { return previewScoringLog(file); },
        [this, path](const Result<LogPreview> &preview) {
            if (path == m_referencePath->text() && preview)
                m_referencePreview = *preview;
            follow();
        });
}

void MonitoringSetupForm::openImportance(const QString &path)
{
    m_importancePath->setText(path);
    m_fileImportance->setChecked(true);
    m_importance.clear();
    m_importanceError.clear();
    const auto table = openInventory(toStd(path));
    const auto found = table ? importanceFrom(*table) : Result<std::map<std::string, double>>(table.error());
    if (found)
        m_importance = *found;
    else
        m_importanceError = toQt(found.error().text());
    follow();
}

void MonitoringSetupForm::fillPart(QComboBox *box, const std::string &chosen)
{
    box->clear();
    box->addItem(tr("none"), QString());
    for (const PreviewColumn &column : m_preview->columns) {
        if (box != m_time || column.isTime || column.name == chosen)
            box->addItem(toQt(column.name), toQt(column.name));
    }
    box->setCurrentIndex(std::max(0, box->findData(toQt(chosen))));
}

void MonitoringSetupForm::fill(const RunSettings &settings)
{
    {
        const QScopedValueRollback quiet(m_filling, true);
        m_columns->setPreview(*m_preview, settings.roles);
        fillPart(m_time, settings.roles.time);
        fillPart(m_score, settings.roles.score);
        fillPart(m_prediction, settings.roles.prediction);
        fillPart(m_target, settings.roles.target);
        fillPart(m_segment, settings.roles.segment);
        m_segmentValue->setEditText(toQt(settings.segmentValue.value_or("")));
        m_threshold->setValue(settings.decision.threshold);
        m_favourable->setCurrentIndex(m_favourable->findData(static_cast<int>(settings.decision.favourable)));
        m_period->setCurrentIndex(m_period->findData(static_cast<int>(settings.period)));
        m_rowsPerPeriod->setValue(static_cast<int>(std::max<std::uint64_t>(1, settings.rowsPerPeriod)));
        m_until->setDate(settings.reference.until ? toQt(*settings.reference.until)
                                                  : toQt(m_context.workspace.today()).addYears(-1));
        m_first->setValue(static_cast<int>(std::max<std::uint64_t>(1, settings.reference.firstPeriods)));
        m_untilButton->setChecked(settings.reference.until.has_value());
        m_firstButton->setChecked(!settings.reference.until && settings.reference.path.empty());
        m_table->resizeColumnsToContents();
        m_table->setColumnWidth(MonitoringSetupColumns::Name,
                                std::min(m_table->columnWidth(MonitoringSetupColumns::Name), 200));
    }
    if (!settings.reference.path.empty())
        openReference(toQt(settings.reference.path));
    follow();
}

ColumnRoles MonitoringSetupForm::parts() const
{
    const auto chosen = [](const QComboBox *box) { return toStd(box->currentData().toString()); };
    ColumnRoles roles;
    roles.time = chosen(m_time);
    roles.score = chosen(m_score);
    roles.prediction = chosen(m_prediction);
    roles.target = chosen(m_target);
    roles.segment = chosen(m_segment);
    return roles;
}

void MonitoringSetupForm::follow()
{
    if (m_filling)
        return;
    const QScopedValueRollback quiet(m_filling, true);
    m_columns->setParts(parts());
    m_used->setText(tr("%1 of %2 columns judged").arg(m_columns->used()).arg(m_columns->rowCount()));
    m_rowsPerPeriod->setEnabled(m_period->currentData().toInt() == static_cast<int>(PeriodKind::Rows));
    m_segmentValue->setEnabled(m_segment->currentIndex() > 0);
    m_until->setEnabled(m_untilButton->isChecked());
    m_first->setEnabled(m_firstButton->isChecked());
    Q_EMIT changed();
}

RunSettings MonitoringSetupForm::settings() const
{
    RunSettings settings;
    settings.path = toStd(m_path->text());
    settings.roles = parts();
    m_columns->read(settings.roles);
    settings.period = static_cast<PeriodKind>(m_period->currentData().toInt());
    if (settings.period == PeriodKind::Rows)
        settings.rowsPerPeriod = static_cast<std::uint64_t>(m_rowsPerPeriod->value());
    if (m_untilButton->isChecked())
        settings.reference.until = fromQt(m_until->date());
    else if (m_fileButton->isChecked())
        settings.reference.path = toStd(m_referencePath->text());
    else
        settings.reference.firstPeriods = static_cast<std::uint64_t>(m_first->value());
    const QString segment = m_segmentValue->currentText();
    if (m_segment->currentIndex() > 0 && !segment.isEmpty())
        settings.segmentValue = toStd(segment);
    settings.thresholds = thresholdsOf(limits());
    settings.decision.threshold = m_threshold->value();
    settings.decision.favourable = static_cast<FavourableDecision>(m_favourable->currentData().toInt());
    if (m_fileImportance->isChecked())
        settings.importance = m_importance;
    else if (m_versionImportance->isChecked())
        for (const FeatureImportance &each : m_version.importance)
            settings.importance[each.feature] = each.importance;
    return settings;
}

QStringList MonitoringSetupForm::problems() const
{
    if (m_path->text().isEmpty())
        return {tr("Choose the scoring log.")};
    if (!m_logError.isEmpty())
        return {m_logError};
    if (!m_preview)
        return {tr("The log is being read.")};
    QStringList found = problemsWith(settings(), *m_preview, m_referencePreview);
    if (m_fileButton->isChecked() && m_referencePath->text().isEmpty())
        found << tr("Choose the reference file.");
    if (m_fileImportance->isChecked() && m_importance.empty())
        found << (m_importanceError.isEmpty() ? tr("Choose the importance file.") : m_importanceError);
    return found;
}

} // namespace countersign

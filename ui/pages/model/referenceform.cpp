// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/referenceform.h"

#include <QDateEdit>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include "core/workspace/importer.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/optionaldate.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

ReferenceForm::ReferenceForm(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_reading(context.jobs)
    , m_ownButton(new QRadioButton)
    , m_untilButton(new QRadioButton(tr("&Until")))
    , m_firstButton(new QRadioButton(tr("&First")))
    , m_yearButton(new QRadioButton(tr("Same period last &year")))
    , m_otherButton(new QRadioButton(tr("&Another log")))
    , m_until(new QDateEdit)
    , m_from(new OptionalDate(tr("Reference from")))
    , m_first(new QSpinBox)
    , m_other(new QLineEdit)
    , m_choose(new QPushButton(tr("Choose…")))
{
    m_until->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_until->setCalendarPopup(true);
    m_until->setAccessibleName(tr("Reference until"));
    m_first->setRange(1, 1000);
    m_first->setSuffix(tr(" periods"));
    m_first->setAccessibleName(tr("First periods as reference"));
    m_firstButton->setChecked(true);
    m_choose->setAccessibleName(tr("Choose the reference log"));
    auto *menu = new QMenu(m_choose);
    auto *file = menu->addAction(tr("A &file…"));
    auto *folder = menu->addAction(tr("A f&older…"));
    m_choose->setMenu(menu);
    auto *other = new QHBoxLayout;
    other->addWidget(m_other, 1);
    other->addWidget(m_choose);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 1);
    auto *until = new QHBoxLayout;
    until->addWidget(m_until);
    until->addWidget(new QLabel(tr("from"), this));
    until->addWidget(m_from);
    until->addStretch(1);
    m_yearButton->setToolTip(tr("Each period with the one a year before it"));
    m_ownButton->hide();
    int row = 0;
    grid->addWidget(m_ownButton, row++, 0, 1, 2);
    grid->addWidget(m_untilButton, row, 0);
    grid->addLayout(until, row++, 1);
    grid->addWidget(m_firstButton, row, 0);
    grid->addWidget(m_first, row++, 1);
    grid->addWidget(m_yearButton, row++, 0, 1, 2);
    grid->addWidget(m_otherButton, row, 0);
    grid->addLayout(other, row, 1);

    connect(file, &QAction::triggered, this, [this] {
        if (const auto path = m_context.dialogs.openFile(this, tr("Choose the reference log"), tr("All files (*)")))
            choose(*path);
    });
    connect(folder, &QAction::triggered, this, [this] {
        if (const auto path = m_context.dialogs.chooseFolder(this, tr("Choose the folder of the reference")))
            choose(*path);
    });
    connect(m_other, &QLineEdit::editingFinished, this, [this] {
        if (m_other->isModified())
            choose(m_other->text().trimmed());
    });
    for (QRadioButton *button : {m_ownButton, m_untilButton, m_firstButton, m_yearButton, m_otherButton})
        connect(button, &QRadioButton::toggled, this, [this] {
            follow();
            Q_EMIT changed();
        });
    connect(m_until, &QDateEdit::dateChanged, this, &ReferenceForm::changed);
    connect(m_from, &OptionalDate::changed, this, &ReferenceForm::changed);
    connect(m_first, &QSpinBox::valueChanged, this, &ReferenceForm::changed);
    follow();
}

void ReferenceForm::setLog(const ChosenLog &log, const std::string &password)
{
    const bool otherPlace = log.sql.has_value() != inDatabase();
    const bool sameWriting = log.sql
                                 ? m_log.sql && m_log.sql->connection == log.sql->connection && m_password == password
                                 : log.dialect == m_log.dialect;
    m_log = log;
    m_password = password;
    if (otherPlace)
        m_other->clear();
    if (otherPlace || !sameWriting)
        look();
}

void ReferenceForm::setProfile(const std::optional<PreviewedProfile> &profile)
{
    const QSignalBlocker quiet(this);
    m_profile = profile;
    const bool own = profile && !profile->reference.empty();
    if (own)
        m_ownButton->setText(tr("As the pro&file says: \"%1\"").arg(toQt(profile->reference).replace(u'&', u"&&"_s)));
    if ((m_ownButton->isChecked() && !own) || (m_otherButton->isChecked() && profile))
        m_firstButton->setChecked(true);
    follow();
}

void ReferenceForm::setReference(const RunSettings &settings)
{
    const QSignalBlocker quiet(this);
    const std::string other = settings.sql ? settings.sql->referenceQuery : settings.reference.path;
    m_until->setDate(settings.reference.until ? toQt(*settings.reference.until)
                                              : toQt(m_context.workspace.today()).addYears(-1));
    m_first->setValue(static_cast<int>(std::max<std::uint64_t>(1, settings.reference.firstPeriods)));
    m_from->suggest(fromQt(m_until->date().addYears(-1)));
    m_from->setDate(settings.reference.from);
    const bool own = m_profile && !m_profile->reference.empty() && settings.reference.firstPeriods == 0;
    QRadioButton *chosen = !other.empty()                          ? m_otherButton
                           : settings.reference.until              ? m_untilButton
                           : settings.reference.samePeriodLastYear ? m_yearButton
                           : own                                   ? m_ownButton
                                                                   : m_firstButton;
    chosen->setChecked(true);
    if (!other.empty() && toStd(m_other->text()) != other)
        open(toQt(other));
}

void ReferenceForm::write(RunSettings &settings) const
{
    if (m_ownButton->isChecked())
        return;
    if (m_untilButton->isChecked()) {
        settings.reference.until = fromQt(m_until->date());
        settings.reference.from = m_from->date();
    } else if (m_yearButton->isChecked())
        settings.reference.samePeriodLastYear = true;
    else if (m_firstButton->isChecked())
        settings.reference.firstPeriods = static_cast<std::uint64_t>(m_first->value());
    else if (settings.sql)
        settings.sql->referenceQuery = typed(m_other);
    else
        settings.reference.path = typed(m_other);
}

QStringList ReferenceForm::problems() const
{
    if (m_untilButton->isChecked() && m_from->date() && *m_from->date() > fromQt(m_until->date()))
        return {tr("The reference begins after it ends.")};
    if (!m_otherButton->isChecked())
        return {};
    if (m_other->text().trimmed().isEmpty())
        return {inDatabase() ? tr("Name the table or query of the reference.") : tr("Choose the reference log.")};
    if (m_reading.running())
        return {tr("The reference is being read.")};
    return m_error.isEmpty() ? QStringList() : QStringList{tr("The reference: %1").arg(m_error)};
}

void ReferenceForm::choose(const QString &other)
{
    open(other);
    Q_EMIT changed();
}

void ReferenceForm::open(const QString &other)
{
    m_other->setText(other);
    m_other->setModified(false);
    {
        const QSignalBlocker quiet(m_otherButton);
        m_otherButton->setChecked(true);
    }
    look();
}

void ReferenceForm::look()
{
    m_reading.forget();
    m_preview.reset();
    m_error.clear();
    const std::string other = typed(m_other);
    if (!other.empty()) {
        std::optional<SqlSource> source;
        if (m_log.sql)
            source = SqlSource{m_log.sql->connection, other, {}};
        m_reading.run(
            tr("Read a reference log"),
            [source, other, dialect = m_log.dialect, password = m_password](const CancelToken &cancel,
                                                                            const Progress &) {
                return source ? previewDatabaseLog(*source, password, cancel)
                              : previewScoringLog(other, dialect, {}, cancel);
            },
            [this](const Result<LogPreview> &preview) {
                if (preview)
                    m_preview = *preview;
                else
                    m_error = toQt(preview.error().text());
                Q_EMIT read();
            });
    }
    follow();
}

void ReferenceForm::follow()
{
    const bool other = m_otherButton->isChecked();
    m_ownButton->setVisible(m_profile && !m_profile->reference.empty());
    m_until->setEnabled(m_untilButton->isChecked());
    m_from->setEnabled(m_untilButton->isChecked());
    m_first->setEnabled(m_firstButton->isChecked());
    m_other->setReadOnly(!inDatabase());
    m_other->setEnabled(other || !inDatabase());
    m_other->setAccessibleName(inDatabase() ? tr("Reference table or query") : tr("Reference file or folder"));
    m_other->setPlaceholderText(inDatabase() ? tr("Table or query with the same columns") : tr("A file or folder"));
    for (QWidget *each : std::initializer_list<QWidget *>{m_otherButton, m_other})
        each->setVisible(!m_profile);
    m_choose->setVisible(!inDatabase() && !m_profile);
}

} // namespace countersign

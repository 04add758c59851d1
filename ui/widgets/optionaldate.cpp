// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/optionaldate.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

/// Says so where there is no date, so that the one to start from is not taken for one.
class DateOrNone : public QDateEdit
{
public:
    explicit DateOrNone(QWidget *parent)
        : QDateEdit(QDate::currentDate(), parent)
    {
    }

    void setNone(bool none)
    {
        m_none = none;
        setEnabled(!none);
        setDisplayFormat(displayFormat()); // shows the text anew
    }

protected:
    [[nodiscard]] QString textFromDateTime(const QDateTime &date) const override
    {
        return m_none ? OptionalDate::tr("not set") : QDateEdit::textFromDateTime(date);
    }

private:
    bool m_none = false;
};

OptionalDate::OptionalDate(const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_set(new QCheckBox(this))
    , m_date(new DateOrNone(this))
{
    m_set->setAccessibleName(tr("%1 is set").arg(accessibleName));
    m_set->setToolTip(tr("Tick to set a date"));
    m_date->setAccessibleName(accessibleName);
    m_date->setCalendarPopup(true);
    m_date->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_date->setNone(true);
    setFocusProxy(m_set);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_set);
    row->addWidget(m_date);
    row->addStretch(1);
    connect(m_set, &QCheckBox::toggled, this, [this](bool set) { m_date->setNone(!set); });
    connect(m_set, &QCheckBox::toggled, this, &OptionalDate::changed);
    connect(m_date, &QDateEdit::dateChanged, this, &OptionalDate::changed);
}

void OptionalDate::setDate(const std::optional<Date> &date)
{
    if (date)
        m_date->setDate(toQt(*date));
    m_set->setChecked(date.has_value());
}

void OptionalDate::suggest(Date date)
{
    if (m_set->isChecked())
        return;
    const QSignalBlocker quiet(this);
    m_date->setDate(toQt(date));
}

std::optional<Date> OptionalDate::date() const
{
    return m_set->isChecked() ? std::optional(fromQt(m_date->date())) : std::nullopt;
}

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/monitoring/preview.h"
#include "ui/jobs/latestjob.h"
#include "ui/pages/model/chosenlog.h"

class QDateEdit;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace countersign {

struct Context;
class OptionalDate;

/// What the periods are compared with: rows of the log itself, or another log, of which the beginning is read as a job.
/// The other log of files is a file or folder; of a database, a table or query of the same.
class ReferenceForm : public QWidget
{
    Q_OBJECT

public:
    explicit ReferenceForm(Context &context, QWidget *parent = nullptr);

    /// Where the log itself lies and how it is written, which holds for the reference too.
    void setLog(const ChosenLog &log, const std::string &password);
    /// Of a profile, whose reference is part of it.
    void setProfile(const std::optional<PreviewedProfile> &profile);
    void setReference(const RunSettings &settings);
    void write(RunSettings &settings) const;
    /// Of the other log, where one is chosen and readable.
    [[nodiscard]] const std::optional<LogPreview> &preview() const { return m_preview; }
    /// What is missing or wrong with it, in words.
    [[nodiscard]] QStringList problems() const;

Q_SIGNALS:
    void changed(); ///< by the person
    void read();    ///< the other log was looked at

private:
    [[nodiscard]] bool inDatabase() const { return m_log.sql.has_value(); }
    void choose(const QString &other);
    void open(const QString &other);
    void look();
    void follow();

    Context &m_context;
    LatestJob m_reading;
    ChosenLog m_log;
    std::string m_password;
    std::optional<PreviewedProfile> m_profile;
    std::optional<LogPreview> m_preview;
    QString m_error;
    QRadioButton *m_ownButton; ///< the reference of a profile
    QRadioButton *m_untilButton;
    QRadioButton *m_firstButton;
    QRadioButton *m_yearButton;
    QRadioButton *m_otherButton;
    QDateEdit *m_until;
    OptionalDate *m_from;
    QSpinBox *m_first;
    QLineEdit *m_other;
    QPushButton *m_choose;
};

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/base/result.h"

class QComboBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace countersign {

class MessageBar;

/// A small form for one act. Its button stays grey, saying what is missing, until the form is whole; when the act is
/// refused, the reason is shown and everything typed stays. Show with open(); accepted() follows a committed act.
class ActDialog : public QDialog
{
    Q_OBJECT

public:
    /// `action` is the verb on the button: "Raise finding".
    ActDialog(const QString &title, const QString &action, QWidget *parent);

public Q_SLOTS:
    void accept() override;

protected:
    /// What is still missing, in words; empty when the act can be tried.
    [[nodiscard]] virtual QString missing() const = 0;
    virtual Result<void> act() = 0;
    /// Called when the act was refused, before the message is shown.
    virtual void refused(const Error &) {}

    QLineEdit *addLine(const QString &label, const QString &placeholder = {});
    QPlainTextEdit *addText(const QString &label, const QString &placeholder = {}, int lines = 3);
    QComboBox *addChoice(const QString &label);
    QDateEdit *addDate(const QString &label);
    void addField(const QString &label, QWidget *field);
    QLabel *addNote(const QString &text);
    void setAction(const QString &action);
    [[nodiscard]] QFormLayout *form() const { return m_form; }
    /// Over the form, under the title.
    [[nodiscard]] QVBoxLayout *top() const { return m_top; }
    [[nodiscard]] MessageBar *messages() const { return m_messages; }
    /// Looks again at what is missing. The fields made above call it at every change.
    void check();
    void showEvent(QShowEvent *event) override;

private:
    QVBoxLayout *m_top;
    QFormLayout *m_form;
    MessageBar *m_messages;
    QLabel *m_missing;
    QPushButton *m_button;
};

/// The success or failure of `result` without its value.
template <class T>
[[nodiscard]] Result<void> outcome(const Result<T> &result)
{
    if (!result)
        return result.error();
    return {};
}

} // namespace countersign

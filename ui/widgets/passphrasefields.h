// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;

namespace countersign {

/// How hard a passphrase is to guess, roughly: bits by length and kinds of characters, less for repeats.
[[nodiscard]] double passphraseBits(const QString &passphrase);

/// A new passphrase typed twice, with a hint of its strength. Adds its rows to a form.
class PassphraseFields : public QObject
{
    Q_OBJECT

public:
    explicit PassphraseFields(QFormLayout *form, QObject *parent = nullptr);
    [[nodiscard]] QString passphrase() const;
    /// Why it cannot be used yet, or empty.
    [[nodiscard]] QString problem() const;
    void focus();

Q_SIGNALS:
    void changed();

private:
    void follow();

    QLineEdit *m_first;
    QLineEdit *m_second;
    QLabel *m_hint;
};

} // namespace countersign

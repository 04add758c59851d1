// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/passphrasefields.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {
constexpr int shortest = 8;
constexpr double fairBits = 50;
constexpr double goodBits = 70;
} // namespace

double passphraseBits(const QString &passphrase)
{
    double alphabet = 0;
    const auto any = [&](auto test) { return std::any_of(passphrase.begin(), passphrase.end(), test); };
    if (any([](QChar c) { return c.isLower(); }))
        alphabet += 26;
    if (any([](QChar c) { return c.isUpper(); }))
        alphabet += 26;
    if (any([](QChar c) { return c.isDigit(); }))
        alphabet += 10;
    if (any([](QChar c) { return !c.isLetterOrNumber(); }))
        alphabet += 20;
    const QSet<QChar> distinct(passphrase.begin(), passphrase.end());
    const auto length =
        std::min<double>(static_cast<double>(passphrase.size()), 2.0 * static_cast<double>(distinct.size()));
    return alphabet > 0 ? length * std::log2(alphabet) : 0;
}

PassphraseFields::PassphraseFields(QFormLayout *form, QObject *parent)
    : QObject(parent)
    , m_first(new QLineEdit)
    , m_second(new QLineEdit)
    , m_hint(new QLabel)
{
    for (auto *edit : {m_first, m_second}) {
        edit->setEchoMode(QLineEdit::Password);
        connect(edit, &QLineEdit::textChanged, this, &PassphraseFields::follow);
    }
    m_first->setAccessibleName(tr("Passphrase"));
    m_second->setAccessibleName(tr("Passphrase again"));
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setWordWrap(true);
    form->addRow(tr("&Passphrase *"), m_first);
    form->addRow(tr("Passphrase a&gain *"), m_second);
    form->addRow(QString(), m_hint);
    follow();
}

QString PassphraseFields::passphrase() const
{
    return m_first->text();
}

QString PassphraseFields::problem() const
{
    if (m_first->text().size() < shortest)
        return tr("The passphrase needs at least %1 characters.").arg(shortest);
    if (m_first->text() != m_second->text())
        return tr("The two passphrases differ.");
    return {};
}

void PassphraseFields::focus()
{
    m_first->setFocus();
}

void PassphraseFields::follow()
{
    const auto bits = passphraseBits(m_first->text());
    if (m_first->text().isEmpty())
        m_hint->setText(
            tr("It protects your signing key and cannot be recovered. Four or five random words are good."));
    else if (bits < fairBits)
        m_hint->setText(tr("Strength: weak. Make it longer."));
    else if (bits < goodBits)
        m_hint->setText(tr("Strength: fair."));
    else
        m_hint->setText(tr("Strength: good."));
    Q_EMIT changed();
}

} // namespace countersign

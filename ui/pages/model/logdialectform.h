// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/monitoring/preview.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace countersign {

/// How a text log is written: of each part what was guessed and why, and a choice in its place.
class LogDialectForm : public QWidget
{
    Q_OBJECT

public:
    explicit LogDialectForm(QWidget *parent = nullptr);

    /// As `dialect` chooses; what it leaves open is guessed. changed() is not emitted.
    void setDialect(const LogDialect &dialect);
    [[nodiscard]] LogDialect dialect() const;
    /// What a preview says of each part; of several files, of the first.
    void showGuesses(const LogPreview &preview);
    /// While there is no preview.
    void clearGuesses();

Q_SIGNALS:
    void changed(); ///< by the person

private:
    struct Part
    {
        std::string name; ///< the member of LogDialect
        QComboBox *choice = nullptr;
        QLabel *why = nullptr;
    };
    [[nodiscard]] QComboBox *choice(const char *part) const;
    void setMissing(const std::optional<std::vector<std::string>> &words);
    [[nodiscard]] std::optional<std::vector<std::string>> missing() const;
    void choose();

    std::vector<Part> m_parts;
    LogDialect m_told; ///< as last said by changed() or setDialect()
    QLabel *m_note;
    QPushButton *m_guessAll;
};

} // namespace countersign

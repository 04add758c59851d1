// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/logdialectform.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/pages/model/modeltab.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

template <class Enum>
void addEnum(QComboBox *box, std::initializer_list<Enum> values)
{
    for (const Enum value : values)
        box->addItem(capitalised(toQt(inWords(value))), static_cast<int>(value));
}

template <class Enum>
Enum chosenEnum(const QComboBox *box)
{
    return static_cast<Enum>(box->currentData().toInt()); // without data: 0, which is Automatic
}

void select(QComboBox *box, const QVariant &data, bool chosen)
{
    const QSignalBlocker quiet(box);
    box->setCurrentIndex(chosen ? std::max(0, box->findData(data)) : 0);
}

} // namespace

LogDialectForm::LogDialectForm(QWidget *parent)
    : QWidget(parent)
    , m_note(quietLabel(this))
    , m_guessAll(new QPushButton(tr("&Back to the guess")))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(2, 1);
    const auto add = [&](const char *name, const QString &title, const QString &help) {
        Part part;
        part.name = name;
        part.choice = new QComboBox(this);
        part.choice->setAccessibleName(QString(title).remove(u'&'));
        part.choice->setToolTip(help);
        part.choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        part.choice->setMinimumContentsLength(18);
        part.choice->addItem(tr("Automatic"));
        part.why = quietLabel(this);
        auto *label = new QLabel(title, this);
        label->setBuddy(part.choice);
        const int row = static_cast<int>(m_parts.size());
        grid->addWidget(label, row, 0);
        grid->addWidget(part.choice, row, 1);
        grid->addWidget(part.why, row, 2);
        m_parts.push_back(part);
        connect(part.choice, &QComboBox::currentIndexChanged, this, &LogDialectForm::choose);
        return part.choice;
    };
    auto *delimiter = add("delimiter", tr("&Delimiter"), tr("What stands between two fields"));
    for (const std::string &each : logDelimiters())
        delimiter->addItem(capitalised(toQt(delimiterInWords(each))), toQt(each));
    auto *quote = add("quote", tr("&Quote"), tr("What fields stand in that hold the delimiter or a line end"));
    for (const std::string &each : logQuotes())
        quote->addItem(capitalised(toQt(inWords(quoteStyle(each)))), toQt(each));
    addEnum(add("decimalMark", tr("Decimal &mark"), tr("In numbers such as 0.5 or 0,5")),
            {DecimalMark::Point, DecimalMark::Comma});
    addEnum(add("dateFormat", tr("Da&te format"), tr("Of the time column")),
            {DateFormat::Iso, DateFormat::YearMonthDay, DateFormat::DayMonthYear, DateFormat::MonthDayYear,
             DateFormat::Compact, DateFormat::YearQuarter, DateFormat::IsoWeek, DateFormat::EpochSeconds,
             DateFormat::EpochMilliseconds, DateFormat::EpochMicroseconds, DateFormat::EpochNanoseconds,
             DateFormat::ExcelDays});
    addEnum(
        add("encoding", tr("&Encoding"), tr("How letters other than those of ASCII are written")),
        {TextEncoding::Utf8, TextEncoding::Windows1252, TextEncoding::Utf16LittleEndian, TextEncoding::Utf16BigEndian});
    auto *header = add("header", tr("&Header"), tr("Whether the first line names the columns"));
    header->addItem(tr("First line"), static_cast<int>(HeaderRow::Present));
    header->addItem(tr("None"), static_cast<int>(HeaderRow::Absent));
    auto *missing = add("missing", tr("Missi&ng words"),
                        tr("Words for missing values besides the empty field, with commas between them"));
    missing->addItem(tr("Only empty fields"), QString());
    missing->setEditable(true);
    missing->setInsertPolicy(QComboBox::NoInsert);
    missing->setCompleter(nullptr);
    missing->lineEdit()->setAccessibleName(missing->accessibleName());
    connect(missing->lineEdit(), &QLineEdit::editingFinished, this, &LogDialectForm::choose);
    auto *skip = add("skipLines", tr("S&kip lines"), tr("Title and note lines above the column names"));
    skip->addItem(tr("None"), 0);
    constexpr int offered = 20;
    for (int lines = 1; lines <= offered; ++lines)
        skip->addItem(QString::number(lines), lines);
    const int row = static_cast<int>(m_parts.size());
    grid->addWidget(m_guessAll, row, 1);
    grid->addWidget(m_note, row, 2);
    grid->setRowStretch(row + 1, 1);
    m_guessAll->setToolTip(tr("Leave every part to the guess again"));
    connect(m_guessAll, &QPushButton::clicked, this, [this] {
        setDialect({});
        Q_EMIT changed();
    });
    setDialect({});
}

QComboBox *LogDialectForm::choice(const char *part) const
{
    return std::find_if(m_parts.begin(), m_parts.end(), [part](const Part &each) { return each.name == part; })->choice;
}

void LogDialectForm::setMissing(const std::optional<std::vector<std::string>> &words)
{
    QComboBox *box = choice("missing");
    const QSignalBlocker quiet(box);
    if (!words || words->empty()) {
        box->setCurrentIndex(words ? 1 : 0);
        return;
    }
    box->setCurrentIndex(-1);
    box->setEditText(toQt(*words).join(u", "_s));
}

std::optional<std::vector<std::string>> LogDialectForm::missing() const
{
    const QComboBox *box = choice("missing");
    const QString text = box->currentText().trimmed();
    if (text.isEmpty() || text == box->itemText(0))
        return std::nullopt;
    std::vector<std::string> words;
    if (text == box->itemText(1))
        return words;
    for (const QString &word : text.split(u',', Qt::SkipEmptyParts)) {
        if (!word.trimmed().isEmpty())
            words.push_back(toStd(word.trimmed()));
    }
    return words;
}

void LogDialectForm::setDialect(const LogDialect &dialect)
{
    select(choice("delimiter"), toQt(dialect.delimiter), !dialect.delimiter.empty());
    select(choice("quote"), toQt(dialect.quote), !dialect.quote.empty());
    select(choice("decimalMark"), static_cast<int>(dialect.decimalMark), dialect.decimalMark != DecimalMark::Automatic);
    select(choice("dateFormat"), static_cast<int>(dialect.dateFormat), dialect.dateFormat != DateFormat::Automatic);
    select(choice("encoding"), static_cast<int>(dialect.encoding), dialect.encoding != TextEncoding::Automatic);
    select(choice("header"), static_cast<int>(dialect.header), dialect.header != HeaderRow::Automatic);
    setMissing(dialect.missing);
    QComboBox *skip = choice("skipLines");
    const int lines = static_cast<int>(dialect.skipLines.value_or(0));
    if (const QSignalBlocker quiet(skip); skip->findData(lines) < 0) // chosen elsewhere
        skip->addItem(QString::number(lines), lines);
    select(skip, lines, dialect.skipLines.has_value());
    m_told = this->dialect();
    m_guessAll->setEnabled(m_told != LogDialect());
}

LogDialect LogDialectForm::dialect() const
{
    LogDialect dialect;
    dialect.delimiter = toStd(choice("delimiter")->currentData().toString());
    dialect.quote = toStd(choice("quote")->currentData().toString());
    dialect.decimalMark = chosenEnum<DecimalMark>(choice("decimalMark"));
    dialect.dateFormat = chosenEnum<DateFormat>(choice("dateFormat"));
    dialect.encoding = chosenEnum<TextEncoding>(choice("encoding"));
    dialect.header = chosenEnum<HeaderRow>(choice("header"));
    dialect.missing = missing();
    if (const QVariant lines = choice("skipLines")->currentData(); lines.isValid())
        dialect.skipLines = lines.toULongLong();
    return dialect;
}

void LogDialectForm::choose()
{
    const LogDialect dialect = this->dialect();
    if (dialect == m_told)
        return;
    setMissing(dialect.missing);
    m_told = dialect;
    m_guessAll->setEnabled(dialect != LogDialect());
    Q_EMIT changed();
}

void LogDialectForm::showGuesses(const LogPreview &preview)
{
    for (const Part &part : m_parts) {
        const auto guess = std::find_if(preview.guesses.begin(), preview.guesses.end(),
                                        [&part](const DialectGuess &each) { return each.part == part.name; });
        if (guess == preview.guesses.end())
            continue;
        const QSignalBlocker quiet(part.choice);
        if (part.choice->currentText() == part.choice->itemText(0) ||
            part.choice->currentIndex() != 0) // not half typed
            part.choice->setItemText(0, guess->chosen ? tr("Automatic") : tr("Guess: %1").arg(toQt(guess->value)));
        const QString why = capitalised(toQt(guess->why));
        part.why->setText(guess->sure || guess->chosen ? why : tr("Not sure: %1").arg(toQt(guess->why)));
        QFont font = part.why->font();
        font.setBold(!guess->sure);
        part.why->setFont(font);
        part.choice->setAccessibleDescription(part.why->text());
    }
    if (auto *words = choice("missing")->lineEdit(); !words->hasFocus())
        words->setCursorPosition(0);
    m_note->setText(preview.files.size() > 1
                        ? tr("Shown of %1. Each file is guessed by itself; a choice holds for all.")
                              .arg(toQt(preview.files.front().name))
                        : QString());
}

void LogDialectForm::clearGuesses()
{
    for (const Part &part : m_parts) {
        const QSignalBlocker quiet(part.choice);
        if (part.choice->currentText() == part.choice->itemText(0) || part.choice->currentIndex() != 0)
            part.choice->setItemText(0, tr("Automatic"));
        part.why->clear();
    }
    m_note->clear();
}

} // namespace countersign

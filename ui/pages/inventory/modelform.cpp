// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/modelform.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSet>

#include <algorithm>
#include <cassert>
#include <functional>

#include "core/exchange/inventoryimport.h"
#include "core/policy/stages.h"
#include "ui/widgets/optionaldate.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

const ImportField &fieldNamed(const char *name)
{
    const auto &fields = importFields();
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto &field) { return field.name == name; });
    assert(found != fields.end());
    return *found;
}

QStringList peopleOf(const Registry &registry)
{
    QSet<QString> names;
    for (const auto &[id, user] : registry.users)
        names << toQt(user.fullName);
    for (const auto &[id, model] : registry.models)
        for (const auto *name : {&model.owner, &model.developer, &model.validator, &model.approver})
            names << toQt(*name);
    names.remove(QString());
    auto sorted = names.values();
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

std::vector<std::string> linesOf(const QString &text)
{
    std::vector<std::string> lines;
    for (const auto &line : text.split(u'\n'))
        if (!line.trimmed().isEmpty())
            lines.push_back(toStd(line.trimmed()));
    return lines;
}

} // namespace

struct ModelForm::Private
{
    Private(const PolicyPack &givenPack, const Registry &given)
        : pack(givenPack)
        , registry(given)
        , people(peopleOf(given))
    {
    }

    const PolicyPack &pack;
    const Registry &registry;
    QStringList people;
    Model model;
    QLineEdit *reference = nullptr;
    QWidget *stage = nullptr;
    std::vector<std::pair<QWidget *, QString>> required;
    std::vector<std::function<void(const Model &)>> readers;
    std::vector<std::function<void(Model &)>> writers;

    void add(QFormLayout *form, const char *field, QWidget *widget)
    {
        const auto &info = fieldNamed(field);
        const auto title = toQt(info.title);
        const bool must = info.required || std::string_view(field) == "owner" || std::string_view(field) == "purpose";
        auto *label = new QLabel(must ? title + u" *"_s : title);
        label->setBuddy(widget);
        label->setToolTip(toQt(info.help));
        widget->setAccessibleName(title);
        widget->setAccessibleDescription(toQt(info.help));
        widget->setToolTip(toQt(info.help));
        if (must)
            required.emplace_back(widget, title);
        form->addRow(label, widget);
    }
};

ModelForm::ModelForm(const PolicyPack &pack, const Registry &registry, QWidget *parent)
    : QTabWidget(parent)
    , m_d(std::make_unique<Private>(pack, registry))
{
    setAccessibleName(tr("Fields of the model"));
    setDocumentMode(false);
    buildIdentity();
    buildUse();
    buildPeople();
    buildData();
    buildDates();
}

ModelForm::~ModelForm() = default;

namespace {

/// One tab under construction: each call adds a field of Model with its widget, reader and writer.
class TabBuilder
{
public:
    TabBuilder(ModelForm *form, const QString &title)
        : m_page(new QWidget(form))
        , m_layout(new QFormLayout(m_page))
        , m_form(form)
    {
        m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->addTab(m_page, title);
    }

    template <class Private>
    QLineEdit *line(Private &d, const char *field, std::string Model::*member)
    {
        auto *edit = new QLineEdit(m_page);
        edit->setPlaceholderText(toQt(fieldNamed(field).help));
        d.add(m_layout, field, edit);
        d.readers.push_back([=](const Model &model) { edit->setText(toQt(model.*member)); });
        d.writers.push_back([=](Model &model) { model.*member = typed(edit); });
        QObject::connect(edit, &QLineEdit::textChanged, m_form, &ModelForm::changed);
        return edit;
    }

    template <class Private>
    void person(Private &d, const char *field, std::string Model::*member)
    {
        auto *edit = line(d, field, member);
        auto *completer = new QCompleter(d.people, edit);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        edit->setCompleter(completer);
    }

    template <class Private>
    QPlainTextEdit *area(Private &d, const char *field)
    {
        auto *edit = new QPlainTextEdit(m_page);
        edit->setTabChangesFocus(true);
        edit->setPlaceholderText(toQt(fieldNamed(field).help));
        edit->setMinimumHeight(edit->fontMetrics().height() * 3);
        d.add(m_layout, field, edit);
        QObject::connect(edit, &QPlainTextEdit::textChanged, m_form, &ModelForm::changed);
        return edit;
    }

    template <class Private>
    void text(Private &d, const char *field, std::string Model::*member)
    {
        auto *edit = area(d, field);
        d.readers.push_back([=](const Model &model) { edit->setPlainText(toQt(model.*member)); });
        d.writers.push_back([=](Model &model) { model.*member = typed(edit); });
    }

    template <class Private>
    void list(Private &d, const char *field, std::vector<std::string> Model::*member)
    {
        auto *edit = area(d, field);
        edit->setPlaceholderText(ModelForm::tr("One on each line"));
        d.readers.push_back([=](const Model &model) { edit->setPlainText(toQt(model.*member).join(u'\n')); });
        d.writers.push_back([=](Model &model) { model.*member = linesOf(edit->toPlainText()); });
    }

    template <class Enum, class Private>
    QComboBox *choice(Private &d, const char *field, Enum Model::*member)
    {
        auto *combo = new QComboBox(m_page);
        for (const auto value : enumValues<Enum>())
            combo->addItem(toQt(displayName(value)), static_cast<int>(value));
        d.add(m_layout, field, combo);
        d.readers.push_back(
            [=](const Model &model) { combo->setCurrentIndex(combo->findData(static_cast<int>(model.*member))); });
        d.writers.push_back([=](Model &model) { model.*member = static_cast<Enum>(combo->currentData().toInt()); });
        QObject::connect(combo, &QComboBox::currentIndexChanged, m_form, &ModelForm::changed);
        return combo;
    }

    /// The built-in stages and those of the policy; a stage that the policy does not have (any more) while the model
    /// stands in it.
    template <class Private>
    void stage(Private &d)
    {
        auto *combo = new QComboBox(m_page);
        for (const auto &place : stagesOf(d.pack))
            combo->addItem(place.added ? ModelForm::tr("%1 (counts as %2)")
                                             .arg(toQt(place.label), toQt(displayName(place.countsAs)).toLower())
                                       : toQt(place.label),
                           QVariantList{static_cast<int>(place.countsAs), place.added ? toQt(place.id) : QString()});
        d.stage = combo;
        d.add(m_layout, "stage", combo);
        d.readers.push_back([=, &d](const Model &model) {
            const QVariantList stands{static_cast<int>(model.stage), toQt(model.policyStage)};
            if (combo->findData(stands) < 0)
                combo->addItem(toQt(stageLabel(d.pack, model)), stands);
            combo->setCurrentIndex(combo->findData(stands));
        });
        d.writers.push_back([=](Model &model) {
            const auto chosen = combo->currentData().toList();
            model.stage = static_cast<Stage>(chosen.value(0).toInt());
            model.policyStage = toStd(chosen.value(1).toString());
        });
        QObject::connect(combo, &QComboBox::currentIndexChanged, m_form, &ModelForm::changed);
    }

    template <class Private>
    OptionalDate *date(Private &d, const char *field, std::optional<Date> Model::*member)
    {
        auto *edit = new OptionalDate(toQt(fieldNamed(field).title), m_page);
        d.add(m_layout, field, edit);
        d.readers.push_back([=](const Model &model) { edit->setDate(model.*member); });
        d.writers.push_back([=](Model &model) { model.*member = edit->date(); });
        QObject::connect(edit, &OptionalDate::changed, m_form, &ModelForm::changed);
        return edit;
    }

private:
    QWidget *m_page;
    QFormLayout *m_layout;
    ModelForm *m_form;
};

} // namespace

void ModelForm::buildIdentity()
{
    TabBuilder tab(this, tr("&Identity"));
    tab.line(*m_d, "name", &Model::name);
    m_d->reference = tab.line(*m_d, "reference", &Model::reference);
    tab.text(*m_d, "description", &Model::description);
    tab.choice(*m_d, "kind", &Model::kind);
    tab.line(*m_d, "businessUnit", &Model::businessUnit);
    tab.stage(*m_d);
    tab.choice(*m_d, "origin", &Model::origin);
    tab.line(*m_d, "vendor", &Model::vendor);
}

void ModelForm::buildUse()
{
    TabBuilder tab(this, tr("&Use"));
    tab.text(*m_d, "purpose", &Model::purpose);
    tab.text(*m_d, "approvedUses", &Model::approvedUses);
    tab.text(*m_d, "actualUse", &Model::actualUse);
    tab.text(*m_d, "restrictions", &Model::restrictions);
    tab.text(*m_d, "assumptions", &Model::assumptions);
    tab.text(*m_d, "limitations", &Model::limitations);
}

void ModelForm::buildPeople()
{
    TabBuilder tab(this, tr("&People"));
    tab.person(*m_d, "owner", &Model::owner);
    tab.person(*m_d, "developer", &Model::developer);
    tab.person(*m_d, "validator", &Model::validator);
    tab.person(*m_d, "approver", &Model::approver);
}

void ModelForm::buildData()
{
    TabBuilder tab(this, tr("&Data"));
    tab.list(*m_d, "inputs", &Model::inputs);
    tab.text(*m_d, "outputs", &Model::outputs);
    tab.list(*m_d, "dependencies", &Model::dependencies);
}

void ModelForm::buildDates()
{
    TabBuilder tab(this, tr("Da&tes"));
    tab.date(*m_d, "deployedOn", &Model::deployedOn);
    auto *validated = tab.date(*m_d, "lastValidatedOn", &Model::lastValidatedOn);
    m_d->readers.push_back([validated](const Model &model) {
        validated->setEnabled(!model.id.valid());
        validated->setToolTip(model.id.valid() ? tr("Follows from the validations that are recorded") : QString());
    });
    tab.date(*m_d, "nextReviewOn", &Model::nextReviewOn);
    tab.date(*m_d, "retiredOn", &Model::retiredOn);
    tab.line(*m_d, "retirementReason", &Model::retirementReason);
}

void ModelForm::setModel(const Model &model)
{
    m_d->model = model;
    for (const auto &read : m_d->readers)
        read(model);
}

Model ModelForm::model() const
{
    auto made = m_d->model;
    for (const auto &write : m_d->writers)
        write(made);
    return made;
}

std::pair<QWidget *, QString> ModelForm::firstProblem() const
{
    for (const auto &[widget, title] : m_d->required) {
        const auto *line = qobject_cast<QLineEdit *>(widget);
        const auto *area = qobject_cast<QPlainTextEdit *>(widget);
        if ((line ? line->text() : area->toPlainText()).trimmed().isEmpty())
            return {widget, tr("%1 is missing.").arg(title)};
    }
    const auto made = model();
    const auto *other = m_d->registry.modelByReference(made.reference);
    if (other && other->id != made.id)
        return {m_d->reference,
                tr("The reference %1 belongs to the model %2.").arg(toQt(made.reference), toQt(other->name))};
    if (made.revision < 0)
        if (const auto why = whyNotRegistered(m_d->pack, made))
            return {m_d->stage, toQt(*why)};
    if (made.stage == Stage::retired && (!made.retiredOn || made.retirementReason.empty()))
        return {widget(count() - 1), tr("A retired model needs the day and the reason (Dates).")};
    if (made.stage != Stage::retired && (made.retiredOn || !made.retirementReason.empty()))
        return {widget(count() - 1), tr("There is a retirement day or reason (Dates), but the stage is not retired.")};
    return {nullptr, {}};
}

QString ModelForm::problem() const
{
    return firstProblem().second;
}

void ModelForm::showProblem()
{
    auto *field = firstProblem().first;
    for (int tab = 0; field && tab < count(); ++tab)
        if (widget(tab) == field || widget(tab)->isAncestorOf(field)) {
            setCurrentIndex(tab);
            field->setFocus();
        }
}

} // namespace countersign

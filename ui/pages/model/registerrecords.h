// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the kinds of registers have in common.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "core/domain/registry.h"
#include "ui/pages/model/registerkind.h"
#include "ui/pages/model/remediationdialogs.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

[[nodiscard]] inline BadgeStyle stateBadge(bool open)
{
    return open ? BadgeStyle{tr("Open"), Theme::Colour::accent, BadgeShape::circle}
                : BadgeStyle{tr("Closed"), Theme::Colour::noData, BadgeShape::ring};
}

[[nodiscard]] inline Cell numberCell(const QString &text, double value)
{
    Cell cell(text, value);
    cell.number = true;
    return cell;
}

template <class T>
[[nodiscard]] QPair<QString, QString> recorded(const Registry &registry, const T &record)
{
    return {tr("Recorded"), tr("%1, %2").arg(nameOf(registry, record.by), timeText(record.at))};
}

/// The records of one kind of `model`: open ones first, then the newest.
template <class K, class T>
[[nodiscard]] std::vector<const T *> ofModel(const std::map<K, T> &records, const ModelId &model)
{
    std::vector<const T *> found;
    for (const auto &[id, record] : records)
        if (record.model == model)
            found.push_back(&record);
    std::stable_sort(found.begin(), found.end(), [](const T *one, const T *other) {
        if constexpr (requires { one->open; })
            if (one->open != other->open)
                return one->open;
        return one->entry > other->entry;
    });
    return found;
}

/// The parts that every kind has in common: finding a record by its key, saying whether it is open.
template <class K, class T>
struct KindRecords
{
    Context &context;
    std::map<K, T> Registry::*member;

    [[nodiscard]] const T *find(const QString &key) const
    {
        const auto &records = context.workspace.registry().*member;
        const auto found = records.find(K(toStd(key)));
        return found == records.end() ? nullptr : &found->second;
    }
    [[nodiscard]] QString unlessOpen(const QString &key) const
    {
        const auto *record = find(key);
        return record && record->open ? QString() : tr("This one is closed already.");
    }
    [[nodiscard]] std::function<bool(const QString &)> isOpen() const
    {
        return [*this](const QString &key) {
            const auto *record = find(key);
            return record && record->open;
        };
    }
    /// An action on the open record of a key, by a dialog made from it.
    template <class Make>
    [[nodiscard]] RegisterAction onOpen(const QString &text, const char *fact, Make make) const
    {
        return {text, fact, true, [*this](const QString &key) { return unlessOpen(key); },
                [*this, make](const ModelId &, const QString &key, QWidget *parent) -> ActDialog * {
                    const auto *record = find(key);
                    return record ? make(*record, parent) : nullptr;
                }};
    }
    /// The same by Dialog(context, record, more..., parent).
    template <class Dialog, class... More>
    [[nodiscard]] RegisterAction changing(const QString &text, const char *fact, More... more) const
    {
        return onOpen(text, fact, [&in = context, more...](const T &record, QWidget *parent) {
            return new Dialog(in, record, more..., parent);
        });
    }
    /// A new record of the model by Dialog(context, record, more..., parent).
    template <class Dialog, class... More>
    [[nodiscard]] RegisterAction adding(const QString &text, const char *fact, More... more) const
    {
        return {text,
                fact,
                false,
                {},
                [&in = context, more...](const ModelId &model, const QString &, QWidget *parent) -> ActDialog * {
                    T record;
                    record.model = model;
                    return new Dialog(in, std::move(record), more..., parent);
                }};
    }
    [[nodiscard]] std::function<std::vector<RemediationEvidence>(const QString &)> evidence() const
    {
        return [*this](const QString &key) {
            const auto *record = find(key);
            return record ? record->evidence : std::vector<RemediationEvidence>();
        };
    }
    /// What `say(record, registry)` says of the record of a key, and who recorded it when.
    template <class Say>
    [[nodiscard]] std::function<RegisterDetails(const QString &)> details(Say say) const
    {
        return [*this, say](const QString &key) {
            const auto *record = find(key);
            if (!record)
                return RegisterDetails();
            const auto &registry = context.workspace.registry();
            return say(*record, registry) << recorded(registry, *record);
        };
    }
};

/// Why the signed-in person may not close the open record of `key`, and who could; empty: they may.
template <class Changed, class Records>
[[nodiscard]] QString unlessClosing(const Records &records, const QString &key)
{
    const auto *record = records.find(key);
    if (!record || !record->open)
        return records.unlessOpen(key);
    Changed fact{*record};
    fact.record.open = false;
    if constexpr (requires { fact.record.closingReason; })
        fact.record.closingReason = "reason";
    const auto &workspace = records.context.workspace;
    const auto why = whyNotNow(workspace, fact);
    return why ? *why + u' ' + whoCouldText(workspace, fact) : QString();
}

/// Adding evidence to a record that `unless` lets have some.
template <class Records>
[[nodiscard]] RegisterAction evidencing(const Records &records, RecordKind kind,
                                        std::function<QString(const QString &key)> unless)
{
    return {tr("E&vidence…"), "recordEvidenced", true, std::move(unless),
            [records, kind](const ModelId &, const QString &key, QWidget *parent) -> ActDialog * {
                const auto *record = records.find(key);
                if (!record)
                    return nullptr;
                auto &context = records.context;
                return new EvidenceDialog(
                    context, tr("Add evidence"), toQt(titleOf(*record)),
                    [&context, kind, id = toStd(key)](const std::string &text, const std::vector<NamedBytes> &files) {
                        return context.workspace.addEvidence(kind, id, text, files);
                    },
                    parent);
            }};
}
template <class Records>
[[nodiscard]] RegisterAction evidencing(const Records &records, RecordKind kind)
{
    return evidencing(records, kind, [records](const QString &key) { return records.unlessOpen(key); });
}

/// Closing a record of one kind by the fact Changed: it stays, and counts no longer.
template <class Changed, class Records, class Change>
[[nodiscard]] RegisterAction closing(const Records &records, const char *fact, const QString &title,
                                     const QString &note, Change change)
{
    auto action = records.onOpen(tr("&Close…"), fact, [title, note, change](const auto &record, QWidget *parent) {
        constexpr bool keepsReason = requires { record.closingReason; };
        return new ReasonDialog(
            title, note.arg(toQt(record.title)), title, keepsReason ? tr("&Reason") : QString(),
            [record, change](const std::string &reason) {
                auto closed = record;
                closed.open = false;
                if constexpr (requires { closed.closingReason; })
                    closed.closingReason = reason;
                return change(closed);
            },
            parent);
    });
    action.unless = [records](const QString &key) { return unlessClosing<Changed>(records, key); };
    return action;
}

} // namespace countersign

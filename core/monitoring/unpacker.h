// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace countersign {

enum class Packing { None, Gzip, Zstd };

/// How long the start of a file must be for packingOf().
inline constexpr std::size_t packingMarkLength = 4;
/// What the first bytes of a file say; shorter files are not packed.
[[nodiscard]] Packing packingOf(std::string_view start);

/// Unpacks a stream of gzip members or zstd frames, any number one after another.
class Unpacker
{
public:
    /// The next packed bytes, valid until the next call; empty at the end of the file.
    using Refill = std::function<std::span<const char>()>;

    virtual ~Unpacker() = default;
    /// Fills `to` with up to `size` bytes, fewer only at the end. Throws Exception(Corrupt) that names `path`.
    [[nodiscard]] virtual std::size_t read(char *to, std::size_t size, const std::string &path,
                                           const Refill &refill) = 0;
    /// Bytes handed over by refill and not yet unpacked.
    [[nodiscard]] virtual std::size_t waiting() const = 0;
};

/// The unpacked size modulo 2^32, from the last 4 bytes of a gzip member.
[[nodiscard]] std::uint64_t declaredGzipSize(std::string_view lastBytes);
/// The unpacked size of a zstd frame that begins so, where it says it.
[[nodiscard]] std::optional<std::uint64_t> declaredZstdSize(std::string_view start);

/// Nothing for Packing::None.
[[nodiscard]] std::unique_ptr<Unpacker> makeUnpacker(Packing packing);

} // namespace countersign

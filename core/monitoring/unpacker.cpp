// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/unpacker.h"

#include "core/base/error.h"

#include <zlib.h>
#include <zstd.h>

namespace countersign {

namespace {

[[noreturn]] void failUnfinished(const std::string &path, const char *format)
{
    throw Exception(ErrorCode::Corrupt, path + " ends in the middle of its " + format + " data.",
                    "Copy or download it again.");
}

[[noreturn]] void failDamaged(const std::string &path, const std::string &what)
{
    throw Exception(ErrorCode::Corrupt, path + " holds damaged " + what + ".", "Copy or download it again.");
}

class GzipUnpacker final : public Unpacker
{
public:
    GzipUnpacker()
    {
        if (inflateInit2(&m_stream, 16 + MAX_WBITS) != Z_OK)
            throw Exception(ErrorCode::Internal, "The gzip reader could not be started.");
    }
    ~GzipUnpacker() override { inflateEnd(&m_stream); }
    GzipUnpacker(const GzipUnpacker &) = delete;
    GzipUnpacker &operator=(const GzipUnpacker &) = delete;

    [[nodiscard]] std::size_t read(char *to, std::size_t size, const std::string &path, const Refill &refill) override
    {
        m_stream.next_out = reinterpret_cast<Bytef *>(to);
        m_stream.avail_out = static_cast<uInt>(size);
        while (m_stream.avail_out > 0) {
            if (m_stream.avail_in == 0) {
                const auto packed = refill();
                m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
                m_stream.avail_in = static_cast<uInt>(packed.size());
                if (packed.empty()) {
                    if (!m_betweenMembers)
                        failUnfinished(path, "gzip");
                    break;
                }
            }
            if (m_betweenMembers && inflateReset(&m_stream) != Z_OK)
                throw Exception(ErrorCode::Internal, "The gzip reader could not be restarted.");
            const int code = inflate(&m_stream, Z_NO_FLUSH);
            m_betweenMembers = code == Z_STREAM_END;
            if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                failDamaged(path, "gzip data");
        }
        return size - m_stream.avail_out;
    }
    [[nodiscard]] std::size_t waiting() const override { return m_stream.avail_in; }

private:
    z_stream m_stream{};
    bool m_betweenMembers = false;
};

class ZstdUnpacker final : public Unpacker
{
public:
    ZstdUnpacker()
        : m_stream(ZSTD_createDStream(), &ZSTD_freeDStream)
    {
        if (m_stream == nullptr)
            throw Exception(ErrorCode::Internal, "The zstd reader could not be started.");
    }

    [[nodiscard]] std::size_t read(char *to, std::size_t size, const std::string &path, const Refill &refill) override
    {
        ZSTD_outBuffer out{to, size, 0};
        while (out.pos < out.size) {
            if (m_in.pos == m_in.size) {
                const auto packed = refill();
                m_in = {packed.data(), packed.size(), 0};
            }
            // What is unpacked already may not have fitted the last time: so once more without new bytes too.
            const bool ended = m_in.size == 0;
            const std::size_t before = out.pos;
            const std::size_t wanted = ZSTD_decompressStream(m_stream.get(), &out, &m_in);
            if (ZSTD_isError(wanted) != 0)
                failDamaged(path, std::string("zstd data (") + ZSTD_getErrorName(wanted) + ")");
            if (ended && out.pos == before) {
                if (!m_betweenFrames)
                    failUnfinished(path, "zstd");
                break;
            }
            m_betweenFrames = wanted == 0;
        }
        return out.pos;
    }
    [[nodiscard]] std::size_t waiting() const override { return m_in.size - m_in.pos; }

private:
    std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream *)> m_stream;
    ZSTD_inBuffer m_in{nullptr, 0, 0};
    bool m_betweenFrames = false;
};

} // namespace

Packing packingOf(std::string_view start)
{
    if (start.starts_with("\x1f\x8b"))
        return Packing::Gzip;
    return start.starts_with("\x28\xb5\x2f\xfd") ? Packing::Zstd : Packing::None;
}

std::uint64_t declaredGzipSize(std::string_view lastBytes)
{
    std::uint64_t size = 0;
    for (std::size_t i = 4; i-- > 0;)
        size = size << 8U | static_cast<unsigned char>(lastBytes[i]);
    return size;
}

std::optional<std::uint64_t> declaredZstdSize(std::string_view start)
{
    const auto size = ZSTD_getFrameContentSize(start.data(), start.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR)
        return std::nullopt;
    return size;
}

std::unique_ptr<Unpacker> makeUnpacker(Packing packing)
{
    switch (packing) {
    case Packing::Gzip:
        return std::make_unique<GzipUnpacker>();
    case Packing::Zstd:
        return std::make_unique<ZstdUnpacker>();
    case Packing::None:
        break;
    }
    return nullptr;
}

} // namespace countersign

using LuoHandlers.Emulation;
using LuoHandlers.Images;
using LuoHandlers.Memory;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>Files that are no image, or contradict themselves: each is refused with the field that is wrong.</summary>
public sealed class InvalidImageTests
{
    private const int FileOffset = 8;
    private const int Address = 24;
    private const int FileSize = 32;
    private const int MemorySize = 40;

    [Fact]
    public void Every_truncation_is_told()
    {
        byte[] image = SmallHandover.Image;
        for (int length = 0; length < image.Length; length += 997)
        {
            var error = Assert.Throws<InvalidImageException>(() => Machine.FromImage(new MemoryStream(image, 0, length)));
            Assert.Contains("file", error.Message);
        }
    }

    [Fact]
    public void What_is_no_ELF_file_is_told()
    {
        InvalidImageException error = Refused(editor => editor.Bytes[1] = (byte)'X');
        Assert.Equal(0, error.Offset);
        Assert.Contains("no ELF magic", error.Message);
    }

    [Theory]
    [InlineData(4, 1, "e_ident")]
    [InlineData(5, 2, "e_ident")]
    [InlineData(16, 2, "e_type")]
    [InlineData(18, 183, "e_machine")]
    [InlineData(54, 32, "e_phentsize")]
    public void A_header_of_another_kind_of_file_is_told_by_its_field(int offset, byte value, string field) =>
        Assert.Equal(field, Refused(editor => editor.Bytes[offset] = value).Field);

    [Theory]
    [InlineData(FileOffset, ulong.MaxValue, "p_filesz")]
    [InlineData(FileOffset, 1UL << 40, "p_filesz")]
    [InlineData(FileSize, ulong.MaxValue, "p_filesz")]
    [InlineData(MemorySize, 1UL, "p_memsz")]
    [InlineData(MemorySize, ulong.MaxValue, "p_memsz")]
    [InlineData(MemorySize, 1UL << 60, "p_memsz")]
    [InlineData(Address, ulong.MaxValue - 0xfff, "p_memsz")]
    [InlineData(Address, 1UL << 46, "p_memsz")]
    public void A_segment_beyond_the_file_or_beyond_all_memory_is_told_by_its_field(int field, ulong value, string expected)
    {
        InvalidImageException error = Refused(editor => editor.WriteFile(ImageEditor.SegmentField(1, field), value));
        Assert.Equal(expected, error.Field);
        Assert.InRange(error.Offset!.Value, ImageEditor.SegmentField(1, 0), ImageEditor.SegmentField(2, 0));
    }

    [Fact]
    public void Segments_that_overlap_with_differing_contents_are_refused()
    {
        InvalidImageException error = Refused(editor =>
            editor.WriteFile(ImageEditor.SegmentField(2, Address), BitConverter.ToUInt64(editor.Bytes, ImageEditor.SegmentField(1, Address))));
        Assert.Contains("has other contents at", error.Message);
    }

    [Fact]
    public void Segments_that_overlap_with_the_same_contents_are_one()
    {
        var editor = new ImageEditor(SmallHandover.Image);
        // The note becomes a second description of the first run of memory.
        editor.Bytes.AsSpan(ImageEditor.SegmentField(1, 0), ImageEditor.SegmentSize).CopyTo(editor.Bytes.AsSpan(ImageEditor.SegmentField(0, 0)));
        using Machine machine = Machine.FromImage(editor.ToStream());
        Assert.Equal(editor.Root, machine.HandoverRoot.Value);
    }

    [Fact]
    public void Segments_that_share_bytes_of_the_file_cannot_make_more_memory_than_the_file_has()
    {
        InvalidImageException error = Refused(editor =>
        {
            ulong all = (ulong)editor.Bytes.Length;
            for (int i = 1; i < editor.SegmentCount; i++)
            {
                editor.WriteFile(ImageEditor.SegmentField(i, FileOffset), 0);
                editor.WriteFile(ImageEditor.SegmentField(i, Address), (ulong)i << 32);
                editor.WriteFile(ImageEditor.SegmentField(i, FileSize), all);
                editor.WriteFile(ImageEditor.SegmentField(i, MemorySize), all);
            }
        });
        Assert.Contains("shares its bytes", error.Message);
    }

    [Fact]
    public void Notes_that_disagree_about_the_root_are_refused()
    {
        InvalidImageException error = Refused(editor =>
        {
            int note = (int)BitConverter.ToUInt64(editor.Bytes, ImageEditor.SegmentField(0, FileOffset));
            editor.Bytes.AsSpan(note, 24).CopyTo(editor.Bytes.AsSpan(note + 24));
            editor.WriteFile(note + 24 + 16, editor.Root + Page.Size);
            editor.WriteFile(ImageEditor.SegmentField(0, FileSize), 48);
        });
        Assert.Equal("the KHO note", error.Field);
    }

    [Fact]
    public void A_root_that_the_image_does_not_hold_is_refused()
    {
        InvalidImageException error = Assert.Throws<InvalidImageException>(() =>
            Machine.FromImage(new MemoryStream(SmallHandover.Image), image: new ImageOptions { Root = new PhysicalAddress(0x7000_0000) }));
        Assert.Contains("0x70000000", error.Message);
    }

    [Fact]
    public void An_empty_file_is_refused_as_plain_memory_too() => Assert.Throws<InvalidImageException>(() =>
        Machine.FromImage(new MemoryStream(), image: new ImageOptions { RawBase = new PhysicalAddress(0x1000) }));

    [Fact]
    public void Plain_memory_beyond_all_addresses_is_refused() => Assert.Throws<InvalidImageException>(() =>
        Machine.FromImage(new MemoryStream(new byte[4096]), image: new ImageOptions { RawBase = new PhysicalAddress(ulong.MaxValue - 0xfff) }));

    private static InvalidImageException Refused(Action<ImageEditor> edit)
    {
        var editor = new ImageEditor(SmallHandover.Image);
        edit(editor);
        return Assert.Throws<InvalidImageException>(() => Machine.FromImage(editor.ToStream()));
    }
}

using System.Buffers.Binary;
using LuoHandlers.Memory;

namespace LuoHandlers.Runtime.Tests.Images;

/// <summary>One change of an image.</summary>
/// <param name="Kind">What is changed.</param>
/// <param name="Place">Where; which place it is depends on the kind.</param>
/// <param name="Value">To what.</param>
/// <param name="Width">How many bytes of it.</param>
internal sealed record ImageMutation(ImageMutationKind Kind, int Place, ulong Value, int Width)
{
    /// <summary>Changes the image; only a truncation makes another array.</summary>
    public byte[] Apply(byte[] image, FuzzTarget target)
    {
        if (image.Length < 8)
            return image;
        switch (Kind)
        {
            case ImageMutationKind.Field:
                Write(image, target.Fields[Place % target.Fields.Count], Value);
                break;
            case ImageMutationKind.FieldToInteresting:
                Write(image, target.Fields[Place % target.Fields.Count], target.Interesting[(int)(Value % (ulong)target.Interesting.Count)]);
                break;
            case ImageMutationKind.FieldNearby:
                int field = target.Fields[Place % target.Fields.Count];
                if (field + 8 <= image.Length)
                    Write(image, field, BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(field)) + target.Distances[(int)(Value % (ulong)target.Distances.Count)]);
                break;
            case ImageMutationKind.Bytes:
                Write(image, Place % image.Length, Value);
                break;
            case ImageMutationKind.Bit:
                int bit = target.Fields[Place % target.Fields.Count] + (int)(Value % 8);
                if (bit < image.Length)
                    image[bit] ^= (byte)(1 << (int)(Value / 8 % 8));
                break;
            case ImageMutationKind.CopyPage:
                // A page behind a truncation is gone.
                GetPage(image, target, Place).TryCopyTo(GetPage(image, target, (int)(Value % int.MaxValue)));
                break;
            case ImageMutationKind.ClearPage:
                GetPage(image, target, Place).Clear();
                break;
            case ImageMutationKind.Truncate:
                return image[..(Place % image.Length)];
            default:
                throw new InvalidOperationException($"There is no mutation {Kind}.");
        }
        return image;
    }

    private static Span<byte> GetPage(byte[] image, FuzzTarget target, int place)
    {
        int offset = target.PageOffsets[place % target.PageOffsets.Count];
        return offset + Page.Size <= image.Length ? image.AsSpan(offset, Page.Size) : default;
    }

    private void Write(byte[] image, int offset, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        for (int i = 0; i < Width && offset + i < image.Length; i++)
            image[offset + i] = bytes[i];
    }
}

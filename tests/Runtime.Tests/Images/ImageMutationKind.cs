namespace LuoHandlers.Runtime.Tests.Images;

internal enum ImageMutationKind
{
    /// <summary>A field gets any value.</summary>
    Field,

    /// <summary>A field gets a value that means something elsewhere: an address of the image, a limit.</summary>
    FieldToInteresting,

    /// <summary>A field gets a value near its own.</summary>
    FieldNearby,

    /// <summary>Any bytes are written anywhere.</summary>
    Bytes,

    /// <summary>A bit of a field is flipped.</summary>
    Bit,

    /// <summary>A page gets the contents of another one.</summary>
    CopyPage,

    /// <summary>A page becomes zeros.</summary>
    ClearPage,

    /// <summary>The file ends earlier.</summary>
    Truncate,
}

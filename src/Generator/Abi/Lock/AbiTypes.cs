namespace LuoHandlers.Abi;

/// <summary>The words for types in the text of an ABI. They name bytes, not the types of a language.</summary>
internal static class AbiTypes
{
    /// <summary>A struct of its own fields.</summary>
    public const string Struct = "struct";

    /// <summary>Elements in a row, in place.</summary>
    public const string Array = "array";

    /// <summary>The kernel's descriptor of an array in preserved pages, 16 bytes.</summary>
    public const string Vmalloc = "vmalloc";

    /// <summary>A struct that this one is in: it is described further out.</summary>
    public const string Recursive = "recursive";

    /// <summary>A text; only of constants.</summary>
    public const string Text = "string";

    /// <summary>The numbers and their sizes.</summary>
    public static IReadOnlyDictionary<string, int> Numbers { get; } = new Dictionary<string, int>
    {
        ["u8"] = 1,
        ["u16"] = 2,
        ["u32"] = 4,
        ["u64"] = 8,
        ["u128"] = 16,
        ["s8"] = 1,
        ["s16"] = 2,
        ["s32"] = 4,
        ["s64"] = 8,
        ["s128"] = 16,
        ["f16"] = 2,
        ["f32"] = 4,
        ["f64"] = 8,
        ["guid"] = 16,
    };
}

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>Sources with a state on its own, in a library that may use unsafe code.</summary>
internal static class StateSource
{
    public const string Usings = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using LuoHandlers;
        using LuoHandlers.Kho;
        using LuoHandlers.Memory;

        """;

    /// <summary>Types for the fields of a state.</summary>
    public const string Types = """

        public enum Small : byte { A }
        public enum Wide : ulong { A }
        public struct Range { public ulong First, Last; }
        public struct Pair<T> { public T First, Second; }
        public record struct Point(uint X, uint Y);
        [PreservedState] public struct Marked { public ulong A; }
        [InlineArray(4)] public struct Four { private ulong _element; }
        [InlineArray(4)] public struct FourRanges { private Range _element; }

        """;

    public static string With(string fields, string? other = null, string declaration = "public unsafe struct State") => $$"""
        {{Usings}}
        [PreservedState]
        {{declaration}}
        {
            {{fields}}
        }
        {{Types}}{{other}}
        """;
}

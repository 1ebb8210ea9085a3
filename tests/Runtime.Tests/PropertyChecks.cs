using FsCheck;
using Microsoft.FSharp.Core;

namespace LuoHandlers.Runtime.Tests;

/// <summary>How properties are checked: with the same cases in every run, so that none fails by luck.</summary>
internal static class PropertyChecks
{
    /// <param name="tests">How many cases.</param>
    /// <param name="size">How large they get.</param>
    public static Config Config(int tests, int size) => FsCheck.Config.QuickThrowOnFailure
        .WithMaxTest(tests)
        .WithEndSize(size)
        .WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(0x4c554f, 0x9e3779b97f4a7c15), FSharpOption<int>.None)));
}

namespace LuoHandlers.Analyzers.Tests.Rules;

/// <summary>LUO5008 in detail: one file under two tokens, and what only looks so.</summary>
public sealed class PreservedTwiceTests
{
    [Theory]
    [InlineData("session.PreserveFile(1, boot); {|LUO5008:session.PreserveFile(2, boot)|};")]
    [InlineData("session.PreserveFd(1, fd); {|LUO5008:session.PreserveFd(2, fd)|};")]
    [InlineData("session.PreserveFile(1, boot); session.PreserveFile(2, data); if (isOn) {|LUO5008:session.PreserveFile(3, boot)|};")]
    [InlineData("session.PreserveFile(1, boot); {|LUO5008:SessionFiles.PreserveFile(session, 2, (LuoFile)boot)|};")]
    [InlineData("_ = new VmSession { Boot = boot, {|LUO5008:Data = boot|} };")]
    public Task Twice(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("session.PreserveFile(1, boot); session.PreserveFile(2, data);")]
    [InlineData("session.PreserveFile(1, boot); other.PreserveFile(2, boot);")]
    [InlineData("session.PreserveFile(1, boot); boot = data; session.PreserveFile(2, boot);")]
    [InlineData("session.PreserveFile(1, boot); session = other; session.PreserveFile(2, boot);")]
    [InlineData("session.PreserveFd(1, fd); _ = session.TryPreserveFd(2, fd);")]
    [InlineData("if (session.TryPreserveFd(1, fd) != Errno.None) session.PreserveFd(2, fd);")]
    [InlineData("_ = session.TryPreserveFd(1, fd); session.PreserveFd(2, fd);")]
    [InlineData("session.PreserveFile(1, boot); Action later = () => session.PreserveFile(2, boot); later();")]
    [InlineData("session.PreserveFile(1, boot); try { session.PreserveFile(2, boot); } catch (ErrnoException) { Console.WriteLine(1); }")]
    [InlineData("if (isOn) session.PreserveFile(1, boot); else session.PreserveFile(2, boot);")]
    [InlineData("session.PreserveFd(1, fd); session.PreserveFile(2, boot);")]
    [InlineData("_ = new VmSession { Boot = boot, Data = data };")]
    [InlineData("_ = new VmSession { Boot = boot, Spare = boot };")]
    [InlineData("_ = new Pair { Boot = boot, Data = boot };")]
    public Task Once_or_nobody_knows(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => FlowSource.VerifyAsync(FlowSource.Code($$"""
        [LiveUpdateSession]
        public sealed partial class VmSession
        {
            [Token(1)] public partial Disk Boot { get; set; }
            [Token(2)] public partial Disk Data { get; set; }
            public Disk? Spare { get; set; }
        }
        public sealed class Pair { public Disk? Boot { get; set; } public Disk? Data { get; set; } }
        public static class Agent
        {
            public static void Run(LiveUpdateSession session, LiveUpdateSession other, Disk boot, Disk data, int fd, bool isOn) { {{body}} }
        }
        """));
}

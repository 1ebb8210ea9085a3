using LuoHandlers.Abi;

namespace LuoHandlers.Tool;

/// <summary>Writes what is handed over as a C header, for the kernel and for user space.</summary>
internal static class CHeader
{
    /// <summary>Writes the header.</summary>
    /// <param name="name">What the include guard is made of.</param>
    /// <param name="descriptions">What is handed over, by compatible string.</param>
    public static string Write(string name, IReadOnlyDictionary<string, AbiDescription> descriptions)
    {
        var writer = new CHeaderWriter();
        foreach ((string compatible, AbiDescription description) in descriptions.OrderBy(each => each.Key, StringComparer.Ordinal))
            writer.Add(compatible, description);
        string guard = $"_LUO_ABI_{CName.Upper(name)}_H";
        return $"""
            /* Written by "luo abi header": what is handed over from one kernel to the next by a live update. */
            #ifndef {guard}
            #define {guard}

            #include <linux/types.h>
            #ifdef __KERNEL__
            #include <linux/stddef.h>
            #else
            #include <stddef.h>
            #endif
            {(writer.HasVmalloc ? Vmalloc : string.Empty)}
            #ifndef __packed
            #define __packed __attribute__((__packed__))
            #endif
            {writer}
            #endif /* {guard} */

            """.ReplaceLineEndings("\n");
    }

    private const string Vmalloc = """

        #ifdef __KERNEL__
        #include <linux/kho/abi/kexec_handover.h>
        #elif !defined(_LUO_ABI_KHO_VMALLOC)
        #define _LUO_ABI_KHO_VMALLOC
        /* An array in preserved pages: include/linux/kho/abi/kexec_handover.h */
        struct kho_vmalloc {
        	__u64 first;
        	__u32 total_pages;
        	__u16 flags;
        	__u16 order;
        };
        #endif
        _Static_assert(sizeof(struct kho_vmalloc) == 16, "struct kho_vmalloc");

        """;
}

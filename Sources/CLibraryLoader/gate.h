// One lock for dlopen, dl_iterate_phdr and fork, private to this target.
//
// A child forked while another thread is inside dlopen inherits a half-loaded object: it would find
// the library in the list of loaded objects, with relocations or constructors still missing, and
// crash or hang for a reason that the library is innocent of. Calls made elsewhere in the program
// cannot be kept out, ours can. The lock is recursive, as the loader's own is, because a
// library's constructor may open another library.

#ifndef C_LIBRARY_LOADER_GATE_H
#define C_LIBRARY_LOADER_GATE_H

void CLibraryLoader_lockGate(void);
void CLibraryLoader_unlockGate(void);

/// In the child of fork: the owner recorded in the inherited lock is a thread of the parent.
void CLibraryLoader_renewGate(void);

#endif

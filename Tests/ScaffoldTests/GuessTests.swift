import HeaderModel
import HeaderReader
import Scaffold
import TestSupport
import Testing

/// Guesses on small headers, each in the manner of some vendor's.
@Suite struct GuessTests {
  private func guess(_ text: String, release: Release? = nil) throws -> ProfileGuess {
    let path = try TemporaryDirectory().write(text, to: "toy.h")
    let request = ReadRequest(path: path, vendor: "toy", release: Release(1, 0, 0))
    return ProfileGuess(
      try HeaderReader(try Libclang()).read(request).header, release: release)
  }

  private func results(_ guess: ProfileGuess) -> [String: [String]] {
    Dictionary(guess.results.map { ($0.function, $0.parameters) }, uniquingKeysWith: { $1 })
  }

  private func finding(_ subject: String, _ guess: ProfileGuess) -> ProfileGuess.Finding? {
    guess.findings.first { $0.subject == subject }
  }

  private let status = "typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;"

  @Test("The ID as a pointer typedef, groups with a communicator, counts that are not const")
  func pointerID() throws {
    let guess = try guess(
      """
      #include <stddef.h>
      \(status)
      typedef struct { char internal[256]; } toyUniqueId;
      typedef toyUniqueId *toyUniqueId_t;
      typedef struct toyComm *toyComm_t;
      typedef struct toyStream *toyStream_t;
      toyResult_t toyGetUniqueId(toyUniqueId_t *uniqueId);
      toyResult_t toyCommInitRank(toyComm_t *comm, int nranks, toyUniqueId_t commId, int rank);
      toyResult_t toyCommDestroy(toyComm_t comm);
      toyResult_t toyGroupStart(toyComm_t comm);
      toyResult_t toyAlltoAllv(const void *send, size_t *sendcounts, size_t *sdispls, void *recv,
                               size_t *recvcounts, size_t *rdispls, toyComm_t comm, toyStream_t s);
      """)
    #expect(guess.prefixes == ["toy"] && guess.byteRecords == ["toyUniqueId"])
    #expect(results(guess) == ["toyGetUniqueId": ["uniqueId"], "toyCommInitRank": ["comm"]])
    #expect(guess.handles.isEmpty)
  }

  @Test("An ID that is a union of the IDs of those beneath, two functions that tell a version")
  func compositeID() throws {
    let guess = try guess(
      """
      \(status)
      typedef struct {
        union { struct { char legacy[512]; char other[512]; }; char data[4096]; };
      } toyUniqueId;
      typedef struct { char host[8]; char device[8]; } toyAddress;
      toyResult_t toyGetUniqueId(toyUniqueId *id);
      toyResult_t toyGetAddress(toyAddress *address);
      toyResult_t toyDriverGetVersion(int *version);
      toyResult_t toyRuntimeGetVersion(int *version);
      """)
    #expect(guess.byteRecords == ["toyUniqueId"])
    #expect(results(guess)["toyGetUniqueId"] == ["id"])
    #expect(
      finding("version function", guess)?.reason
        == "it writes one integer; so does toyRuntimeGetVersion")
  }

  @Test("Handles as void *, the ID by a pointer to const, no version at all")
  func plainPointers() throws {
    let guess = try guess(
      """
      #include <stdint.h>
      typedef enum { HCTOY_SUCCESS = 0, HCTOY_E_PARA = 1, HCTOY_E_RESERVED = 255 } HctoyResult;
      typedef enum { HCTOY_REDUCE_SUM = 0, HCTOY_REDUCE_MAX = 1, HCTOY_REDUCE_MIN = 2,
                     HCTOY_REDUCE_RESERVED = 255 } HctoyReduceOp;
      typedef struct { char internal[4108]; } HctoyRootInfo;
      typedef void *HctoyComm;
      typedef void *aclStream;
      HctoyResult HctoyGetRootInfo(HctoyRootInfo *rootInfo);
      HctoyResult HctoyCommInitRootInfo(uint32_t nRanks, const HctoyRootInfo *rootInfo,
                                        uint32_t rank, HctoyComm *comm);
      HctoyResult HctoyAllReduce(void *send, void *recv, uint64_t count, HctoyReduceOp op,
                                 HctoyComm comm, aclStream stream);
      HctoyResult HctoyGetRankId(HctoyComm comm, uint32_t *rank);
      HctoyResult HctoyCommDestroy(HctoyComm comm);
      """)
    #expect(guess.prefixes == ["Hctoy"] && guess.statusType == "HctoyResult")
    #expect(guess.success == "HCTOY_SUCCESS" && guess.byteRecords == ["HctoyRootInfo"])
    #expect(guess.handles == ["HctoyComm", "aclStream"])
    #expect(guess.sentinels == ["HCTOY_REDUCE_RESERVED"])
    #expect(
      results(guess) == [
        "HctoyGetRootInfo": ["rootInfo"], "HctoyCommInitRootInfo": ["comm"],
        "HctoyGetRankId": ["rank"],
      ])
    #expect(finding("release", guess)?.value == nil)
    #expect(finding("version function", guess)?.value == nil)
  }

  @Test("Snake case, the context first, an ID with a length, three integers for the version")
  func snakeCase() throws {
    let guess = try guess(
      """
      #include <stddef.h>
      #define BK_VERSION_MAJOR 1
      #define BK_VERSION_MINOR 25
      #define BK_VERSION_PATCH 3
      typedef enum { BK_OK = 0, BK_IN_PROGRESS = 1, BK_FAILED = -1 } bk_status_t;
      typedef struct { char data[128]; unsigned long length; } bk_clique_id;
      typedef struct bk_context *bk_context_t;
      bk_status_t bk_get_lib_version(int *major, int *minor, int *patch);
      bk_status_t bk_create_id(bk_clique_id *id);
      bk_status_t bk_init_rank(bk_context_t *ctx, int rank, int nranks, bk_clique_id *id);
      bk_status_t bk_init_comms(bk_context_t *ctxs, int n, const int *devices, int *ranks);
      bk_status_t bk_destroy_comms(bk_context_t *ctxs, int n);
      bk_status_t bk_all_gather(bk_context_t ctx, const void *send, size_t count, void *recv);
      const char *bk_status_string(bk_status_t status);
      """)
    #expect(guess.prefixes == ["bk_"] && guess.statusType == "bk_status_t")
    #expect(guess.pending == ["BK_IN_PROGRESS"] && guess.errorText == "bk_status_string")
    #expect(guess.releaseParts == ["BK_VERSION_MAJOR", "BK_VERSION_MINOR", "BK_VERSION_PATCH"])
    #expect(guess.release == Release(1, 25, 3))
    #expect(guess.versionFunction == "bk_get_lib_version" && guess.versionCount == 3)
    #expect(guess.byteRecords == ["bk_clique_id"])
    #expect(
      results(guess) == [
        "bk_get_lib_version": ["major", "minor", "patch"], "bk_create_id": ["id"],
        "bk_init_rank": ["ctx"],
      ])
  }

  @Test("A status that is an int, as MPI's: nothing can be checked, which is said")
  func integerStatus() throws {
    let guess = try guess(
      """
      typedef void *TOY_Comm;
      int TOY_Init(TOY_Comm *comm);
      int TOY_Send(TOY_Comm comm, const void *data, int count);
      int TOY_Get_version(int *version, int *subversion);
      """)
    #expect(guess.prefixes == ["TOY_"] && guess.statusType == nil && guess.results.isEmpty)
    #expect(guess.versionFunction == "TOY_Get_version" && guess.versionCount == 2)
    #expect(guess.handles == ["TOY_Comm"])
    #expect(finding("status type", guess)?.reason.contains("3 functions return int") == true)
  }

  @Test("A maximum of two numbers is a value; numbers of values are not")
  func counts() throws {
    let guess = try guess(
      """
      \(status)
      typedef enum { toySum, toyProd, toyMin, toyMax } toyRedOp_t;
      typedef enum { toyAdd, toyGreatestMax, toyNumOps } toyOtherOp_t;
      typedef enum { toyReduceSum, toyReduceMax } toyReduce_t;
      typedef enum { toyInt8, toyInt16, toyNumTypes } toyDataType_t;
      typedef enum { TOY_LIMIT_SIZE, TOY_LIMIT_THREAD_COUNT } toyLimit_t;
      typedef enum { TOY_KIND_A, TOY_KIND_B, TOY_KIND_COUNT } toyKind_t;
      typedef enum { TOY_MODE_A, TOY_MODE_B, TOY_MODE_MAX } toyMode_t;
      typedef enum { TOY_SHARE_DEFAULT = -1, TOY_SHARE_MAX_L1 = 0, TOY_SHARE_MAX = 100 } toyShare_t;
      toyResult_t toySend(int count);
      """)
    #expect(guess.sentinels == ["toyNumOps", "toyNumTypes", "TOY_KIND_COUNT", "TOY_MODE_MAX"])
  }

  @Test("A version code alone: as numbers that a release may have, or as --release says")
  func codes() throws {
    func release(_ code: Int, given: Release? = nil) throws -> ProfileGuess {
      try guess(
        "#define TOY_VERSION \(code)\n\(status)\ntoyResult_t toySend(int a);", release: given)
    }
    for (code, expected) in [
      (22803, Release(2, 28, 3)), (12090, Release(12, 9, 0)), (1203, Release(1, 2, 3)),
      (100_002_003, Release(100, 2, 3)),
    ] {
      let guess = try release(code)
      #expect(guess.releaseCode == "TOY_VERSION" && guess.release == expected)
    }
    let given = try release(12040, given: Release(1, 20, 40))
    #expect(given.versionRules.map(\.factors) == [[10000, 100, 1]])
    let other = try release(77777, given: Release(1, 0, 0))
    #expect(other.releaseCode == nil && other.versionRules.isEmpty)
    #expect(finding("release", other)?.reason.contains("not 1.0.0") == true)
    // Too small to hold more than one number.
    #expect(try release(3).releaseCode == nil)
  }

  @Test("Another component's version macros come after the vendor's own")
  func otherVersions() throws {
    let guess = try guess(
      """
      #define DRIVER_MAJOR 9
      #define DRIVER_MINOR 8
      #define TOY_MAJOR 1
      #define TOY_MINOR 2
      #define TOY_MICRO 3
      \(status)
      toyResult_t toySend(int a);
      """)
    #expect(guess.releaseParts == ["TOY_MAJOR", "TOY_MINOR", "TOY_MICRO"])
  }

  @Test("Nothing to go by: said, and not made up")
  func nothing() throws {
    let guess = try guess("#define ANSWER 42\ntypedef struct { int x; } point;\n")
    #expect(guess.prefixes.isEmpty && guess.statusType == nil)
    #expect(finding("prefix", guess)?.reason.contains("right one") == true)
    let joined = try self.guess("int send(void);\nint tell(void);\n")
    #expect(joined.prefixes.isEmpty && finding("prefix", joined)?.value == nil)
  }

  @Test("A structure with a version whose initialiser is missing is said to be bound as it is")
  func noInitializer() throws {
    let guess = try guess(
      """
      \(status)
      typedef struct { unsigned long size; int version; int flags; } toyConfig_t;
      toyResult_t toyInit(toyConfig_t *config);
      """)
    #expect(guess.versionedStructures.isEmpty)
    #expect(finding("versioned structure", guess)?.reason.contains("toyConfig_t") == true)
  }

  @Test("A guess can be taken back, once, with the reason")
  func drop() throws {
    var guess = try guess(
      """
      \(status)
      typedef void *toyComm_t;
      toyResult_t toyCommInit(toyComm_t *comm);
      """)
    let isDropped = guess.drop("toyCommInit", because: "the planner")
    #expect(isDropped && guess.results.isEmpty)
    #expect(finding("results of toyCommInit", guess)?.reason == "taken back: the planner")
    let again = guess.drop("toyCommInit", because: "the planner")
    let status = guess.drop("toyResult_t", because: "the planner")
    #expect(!again && !status)
  }
}

// Documentation in several scripts, with characters outside the basic plane and with combining
// marks: the bytes must survive exactly, and no width may be assumed.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

/// Größe des Puffers in Bytes — „nicht“ die Anzahl der Elemente; 50 % ≤ x ≤ 100 %.
toyResult_t toySetSize(int size);
/// 集合通信：每个 rank 都必须调用。すべてのランクで呼び出すこと。모든 랭크.
toyResult_t toyBarrier(void);
/// Emoji 🚀👩‍💻, combining é versus é, right to left: שלום.
toyResult_t toyLaunch(void); ///< naïve café

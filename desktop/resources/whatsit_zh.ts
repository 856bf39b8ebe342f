<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause answering, or go on where it was</source>
        <translation>暂停识别，或从停下处继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop answering; what is answered stays</source>
        <translation>停止识别；已有的结果保留</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search by file name</source>
        <translation>按文件名搜索</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Show what is before the camera</source>
        <translation>显示摄像头前的画面</translation>
    </message>
    <message>
        <source>Play a video…</source>
        <translation>播放视频…</translation>
    </message>
    <message>
        <source>Play a video file in place of the camera</source>
        <translation>用视频文件代替摄像头</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>定格</translation>
    </message>
    <message>
        <source>Hold the picture, or let it go on</source>
        <translation>定格画面，或继续</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Keep the picture as a photo</source>
        <translation>把画面存为照片</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Open the folder of snapshots</source>
        <translation>打开快照文件夹</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Show which parts speak for the answer</source>
        <translation>显示支持该答案的部分</translation>
    </message>
    <message>
        <source>Ask about a part</source>
        <translation>只问一部分</translation>
    </message>
    <message>
        <source>Show the model only a square</source>
        <translation>只让模型看一个方框</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Sort…</source>
        <translation>整理…</translation>
    </message>
    <message>
        <source>Put the photos into a folder for each answer</source>
        <translation>按答案把照片放进各文件夹</translation>
    </message>
    <message>
        <source>Undo a sort…</source>
        <translation>撤销整理…</translation>
    </message>
    <message>
        <source>Take back what was sorted, today or earlier</source>
        <translation>撤回今天或以前的整理</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the answers to a file</source>
        <translation>把答案写入文件</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Open a folder that was open lately</source>
        <translation>打开最近用过的文件夹</translation>
    </message>
    <message>
        <source>Show what looks most like it first</source>
        <translation>把最相似的排在最前</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Open its folder in the file manager</source>
        <translation>在文件管理器中打开其文件夹</translation>
    </message>
    <message>
        <source>Show where the model sees its answer</source>
        <translation>显示模型依据的位置</translation>
    </message>
    <message>
        <source>Ask about a rectangle of the photo alone</source>
        <translation>只询问照片的一个矩形区域</translation>
    </message>
    <message>
        <source>Fill the window</source>
        <translation>铺满窗口</translation>
    </message>
    <message>
        <source>See the photo large; arrows go on, Esc comes back</source>
        <translation>放大查看照片；方向键翻看，Esc 返回</translation>
    </message>
    <message>
        <source>Label {}</source>
        <translation>标签 {}</translation>
    </message>
    <message>
        <source>Say the label with this number</source>
        <translation>使用此编号的标签</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Look through the photos, the unsure ones first</source>
        <translation>逐张核对照片，不确定的在前</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Say that the model is right, and go on</source>
        <translation>确认模型正确，然后继续</translation>
    </message>
    <message>
        <source>Relabel</source>
        <translation>改标签</translation>
    </message>
    <message>
        <source>Say what it is instead</source>
        <translation>说明它其实是什么</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Say that no label is right</source>
        <translation>表示没有合适的标签</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back what you said last</source>
        <translation>撤回您上一次的判断</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Say again what you took back</source>
        <translation>恢复您撤回的判断</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>Choose, add and remove models, and chain them</source>
        <translation>选择、添加、移除和串联模型</translation>
    </message>
    <message>
        <source>Device…</source>
        <translation>设备…</translation>
    </message>
    <message>
        <source>What runs, how fast, and why not the GPU</source>
        <translation>运行方式、速度，以及为何不用 GPU</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Language, colours, folders</source>
        <translation>语言、颜色、文件夹</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Open the folder of the log</source>
        <translation>打开日志所在的文件夹</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copy what to send with a bug report; nothing private is in it</source>
        <translation>复制随错误报告发送的内容；不含隐私</translation>
    </message>
    <message>
        <source>Examining this machine…</source>
        <translation>正在检查本机…</translation>
    </message>
    <message>
        <source>The report is in the clipboard: paste it into your bug report.</source>
        <translation>报告已在剪贴板中：请粘贴到您的错误报告里。</translation>
    </message>
    <message>
        <source>Cats and dogs</source>
        <translation>猫和狗</translation>
    </message>
    <message>
        <source>Dog breeds</source>
        <translation>犬种</translation>
    </message>
    <message>
        <source>Young or old</source>
        <translation>年轻或年老</translation>
    </message>
    <message>
        <source>The photos are Kaggle competition data, not open; use of the weights beyond research is on you to clear</source>
        <translation>照片来自 Kaggle 竞赛数据，并非开放数据；研究以外使用权重，须由您自行确认许可</translation>
    </message>
    <message>
        <source>The photos are for non-commercial research; use of the weights beyond that is on you to clear</source>
        <translation>照片仅供非商业研究；此外使用权重，须由您自行确认许可</translation>
    </message>
    <message>
        <source>any photo</source>
        <translation>任何照片</translation>
    </message>
    <message>
        <source>photo of a dog</source>
        <translation>狗的照片</translation>
    </message>
    <message>
        <source>face crop</source>
        <translation>裁好的人脸</translation>
    </message>
    <message>
        <source>photos like those it learned from</source>
        <translation>与训练所用照片相似的照片</translation>
    </message>
    <message>
        <source>bulldog</source>
        <translation>斗牛犬</translation>
    </message>
    <message>
        <source>guardian dog</source>
        <translation>护卫犬</translation>
    </message>
    <message>
        <source>herding dog</source>
        <translation>牧羊犬</translation>
    </message>
    <message>
        <source>hound</source>
        <translation>猎犬</translation>
    </message>
    <message>
        <source>mastiff</source>
        <translation>獒犬</translation>
    </message>
    <message>
        <source>mountain dog</source>
        <translation>山地犬</translation>
    </message>
    <message>
        <source>pinscher</source>
        <translation>平犬</translation>
    </message>
    <message>
        <source>pointer</source>
        <translation>指示犬</translation>
    </message>
    <message>
        <source>poodle</source>
        <translation>贵宾犬</translation>
    </message>
    <message>
        <source>retriever</source>
        <translation>寻回犬</translation>
    </message>
    <message>
        <source>schnauzer</source>
        <translation>雪纳瑞犬</translation>
    </message>
    <message>
        <source>setter</source>
        <translation>雪达犬</translation>
    </message>
    <message>
        <source>sighthound</source>
        <translation>视觉猎犬</translation>
    </message>
    <message>
        <source>spaniel</source>
        <translation>西班牙猎犬</translation>
    </message>
    <message>
        <source>spitz</source>
        <translation>尖嘴犬</translation>
    </message>
    <message>
        <source>terrier</source>
        <translation>㹴犬</translation>
    </message>
    <message>
        <source>toy dog</source>
        <translation>玩具犬</translation>
    </message>
    <message>
        <source>wild dog</source>
        <translation>野犬</translation>
    </message>
    <message>
        <source>cat</source>
        <translation>猫</translation>
    </message>
    <message>
        <source>dog</source>
        <translation>狗</translation>
    </message>
    <message>
        <source>young</source>
        <translation>年轻</translation>
    </message>
    <message>
        <source>old</source>
        <translation>年老</translation>
    </message>
    <message>
        <source>Your label could not be kept</source>
        <translation>您的标签无法保存</translation>
    </message>
    <message>
        <source>it waits for its answer</source>
        <translation>正在等待答案</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>{labels} and {count} more</source>
        <translation>{labels} 及另外 {count} 个</translation>
    </message>
    <message>
        <source>For</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Proven</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>{passed} of {count} checks passed when it was made</source>
        <translation>制作时 {count} 项检查中通过 {passed} 项</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>Holds here</source>
        <translation>在本机有效</translation>
    </message>
    <message>
        <source>Not to be trusted here</source>
        <translation>在本机不可信</translation>
    </message>
    <message>
        <source>Not checked here yet</source>
        <translation>尚未在本机检查</translation>
    </message>
    <message>
        <source>Gives its golden answers</source>
        <translation>给出其标准答案</translation>
    </message>
    <message>
        <source>Do not trust {name} here: “{check}” failed. Get it again from where it came from.</source>
        <translation>请勿在本机信任 {name}：“{check}”未通过。请从来源重新获取。</translation>
    </message>
    <message>
        <source>Trust {name} here. It runs as {how}.</source>
        <translation>{name} 在本机可信。运行方式：{how}。</translation>
    </message>
    <message>
        <source>Trust {name} here as {how}, but not as {others}.</source>
        <translation>{name} 在本机以 {how} 运行可信，以 {others} 则不可信。</translation>
    </message>
    <message>
        <source>{place}: {ms} ms a photo, {count} a second without decoding</source>
        <translation>{place}：每张照片 {ms} 毫秒，每秒 {count} 张（不含解码）</translation>
    </message>
    <message>
        <source>Nothing: the model is not open</source>
        <translation>无：模型未打开</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>全部照片</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>需要查看</translation>
    </message>
    <message>
        <source>Your reviews</source>
        <translation>您的核对</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已识别</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>按发现顺序</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Unsure first</source>
        <translation>不确定的在前</translation>
    </message>
    <message>
        <source>Sure first</source>
        <translation>确定的在前</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早的在前</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似</translation>
    </message>
    <message>
        <source>By your word, not the model&apos;s</source>
        <translation>按您的判断，而非模型的</translation>
    </message>
    <message>
        <source>Under another name, for theirs is taken</source>
        <translation>改名存放，因原名已被占用</translation>
    </message>
    <message>
        <source>Travel with their photo</source>
        <translation>随其照片一起</translation>
    </message>
    <message>
        <source>Where they belong already</source>
        <translation>已在应在之处</translation>
    </message>
    <message>
        <source>Not touched</source>
        <translation>不受影响</translation>
    </message>
    <message>
        <source>Left as they are</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>…… 另外 {count} 个</translation>
    </message>
    <message>
        <source>At most {wrong} wrong · {aside} set aside</source>
        <translation>最多错 {wrong} · 搁置 {aside}</translation>
    </message>
    <message>
        <source>With answers from {percent} on: at most {wrong} wrong, {aside} set aside, on photos like the {count} that this was measured on (with 95 % confidence). Your photos may be different.</source>
        <translation>答案自 {percent} 起：最多错 {wrong}，搁置 {aside}；依据 {count} 张同类照片测得（置信度 95 %）。您的照片可能不同。</translation>
    </message>
    <message>
        <source>Not calibrated: how often it is wrong was never measured</source>
        <translation>未校准：从未测量过出错频率</translation>
    </message>
    <message>
        <source>This model says nothing of other thresholds</source>
        <translation>此模型未说明其他阈值</translation>
    </message>
    <message>
        <source>The right one is {labels} for {count} in 100 photos that get such a list.</source>
        <translation>正确答案是{labels}：每 100 张得到这种短列表的照片中有 {count} 张如此。</translation>
    </message>
    <message>
        <source>{count} in 100</source>
        <translation>百分之 {count}</translation>
    </message>
    <message>
        <source>{count} in 1,000</source>
        <translation>千分之 {count}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Checking {name} on this machine…</source>
        <translation>正在本机检查 {name}…</translation>
    </message>
    <message>
        <source>Removing {name}…</source>
        <translation>正在移除 {name}…</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
    <message>
        <source>{count} KB</source>
        <translation>{count} KB</translation>
    </message>
    <message>
        <source>{count} MB</source>
        <translation>{count} MB</translation>
    </message>
    <message>
        <source>{count} GB</source>
        <translation>{count} GB</translation>
    </message>
    <message numerus="yes">
        <source>{count} minutes</source>
        <translation>
            <numerusform>{count} 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} hours</source>
        <translation>
            <numerusform>{count} 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed {when}</source>
        <translation>修改于 {when}</translation>
    </message>
    <message>
        <source>Taken {when}</source>
        <translation>拍摄于 {when}</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 张照片</translation>
    </message>
    <message numerus="yes">
        <source>{count} photos</source>
        <translation>
            <numerusform>{count} 张照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} files and folders</source>
        <translation>
            <numerusform>{count} 个文件和文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>{group}, not sure which</source>
        <translation>{group}，不确定是哪一种</translation>
    </message>
    <message numerus="yes">
        <source>{label} or {count} others?</source>
        <translation>
            <numerusform>{label} 或另外 {count} 种？</numerusform>
        </translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>{count} found = {parts}</source>
        <translation>找到 {count} = {parts}</translation>
    </message>
    <message>
        <source>Not sure: the best guess, {label}, has {has}.</source>
        <translation>不确定：最佳猜测{label}为 {has}。</translation>
    </message>
    <message>
        <source>Not sure: the best guess, {label}, has just under the {takes} that it takes to answer.</source>
        <translation>不确定：最佳猜测{label}略低于作答所需的 {takes}。</translation>
    </message>
    <message>
        <source>Not sure: the best guess, {label}, has {has}; it takes {takes} to answer.</source>
        <translation>不确定：最佳猜测{label}为 {has}，需达到 {takes} 才作答。</translation>
    </message>
    <message>
        <source>The model&apos;s best label. How often such answers are right was never measured.</source>
        <translation>模型的最佳标签。此类答案的正确率从未测量过。</translation>
    </message>
    <message>
        <source>Not sure: what the model gives for this photo are no numbers.</source>
        <translation>不确定：模型对这张照片给出的不是数值。</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>未校准</translation>
    </message>
    <message>
        <source>{labels}?</source>
        <translation>{labels}？</translation>
    </message>
    <message>
        <source>{figure} sure</source>
        <translation>{figure} 把握</translation>
    </message>
    <message>
        <source>Unlike everything it was taught: none of the labels fits well enough to say.</source>
        <translation>与学过的一切都不同：没有足够合适的标签。</translation>
    </message>
    <message>
        <source>Looks most like {label}</source>
        <translation>最像{label}</translation>
    </message>
    <message>
        <source>You agreed.</source>
        <translation>您已同意。</translation>
    </message>
    <message>
        <source>You put it right. The model says: {answer}.</source>
        <translation>您已更正。模型认为：{answer}。</translation>
    </message>
    <message>
        <source>{count} {state}</source>
        <translation>{state} {count}</translation>
    </message>
    <message>
        <source>For the {photos} that are selected</source>
        <translation>用于所选的 {photos}</translation>
    </message>
    <message>
        <source>“{text}”, a new label</source>
        <translation>“{text}”，新标签</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 秒</translation>
    </message>
    <message numerus="yes">
        <source>{count} seconds</source>
        <translation>
            <numerusform>{count} 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>Ranked labels: {labels}</source>
        <translation>排序后的标签：{labels}</translation>
    </message>
    <message>
        <source>{title}: {count}</source>
        <translation>{title}：{count}</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>没有摄像头</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测得</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>FAILED</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Check on this machine</source>
        <translation>在本机检查</translation>
    </message>
    <message>
        <source>Runs now</source>
        <translation>当前运行</translation>
    </message>
    <message>
        <source>Why so</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Run on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Which file</source>
        <translation>使用文件</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>正在打开模型…</translation>
    </message>
    <message>
        <source>A GPU is there, and the model gives its golden answers on it.</source>
        <translation>有 GPU，且模型在其上给出标准答案。</translation>
    </message>
    <message>
        <source>The processor was asked for.</source>
        <translation>已指定使用处理器。</translation>
    </message>
    <message>
        <source>The fastest that is proven</source>
        <translation>经验证最快的</translation>
    </message>
    <message>
        <source>The processor (CPU)</source>
        <translation>处理器（CPU）</translation>
    </message>
    <message>
        <source>The GPU (CUDA)</source>
        <translation>显卡（GPU，CUDA）</translation>
    </message>
    <message>
        <source>The GPU takes an NVIDIA card with its driver, and CUDA&apos;s libraries: pip install &apos;whatsit[cuda]&apos;</source>
        <translation>使用 GPU 需要 NVIDIA 显卡及驱动，以及 CUDA 库：pip install &apos;whatsit[cuda]&apos;</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Export the answers</source>
        <translation>导出答案</translation>
    </message>
    <message>
        <source>One row a photo: its answer, how sure it is, and what you said of it.</source>
        <translation>每张照片一行：答案、把握程度以及您的判断。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Where to write the answers</source>
        <translation>答案写到哪里</translation>
    </message>
    <message>
        <source>{done} of {all} photos</source>
        <translation>{done} / {all} 张照片</translation>
    </message>
    <message>
        <source>{photos} written to {file}</source>
        <translation>{photos}已写入 {file}</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The file that is there is replaced.</source>
        <translation>已有的文件将被替换。</translation>
    </message>
    <message>
        <source>A spreadsheet (XLSX), for Excel or LibreOffice</source>
        <translation>电子表格（XLSX），用于 Excel 或 LibreOffice</translation>
    </message>
    <message>
        <source>A plain table (CSV)</source>
        <translation>纯表格（CSV）</translation>
    </message>
    <message>
        <source>Data (JSON), one document</source>
        <translation>数据（JSON），单个文档</translation>
    </message>
    <message>
        <source>Data (JSONL), one photo a line</source>
        <translation>数据（JSONL），每行一张照片</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation>照片顺序</translation>
    </message>
    <message>
        <source>Strength of the heat map</source>
        <translation>热力图强度</translation>
    </message>
    <message>
        <source>Ask about the whole photo</source>
        <translation>询问整张照片</translation>
    </message>
    <message>
        <source>Of this part alone. Arrows move it, with Shift they change its size.</source>
        <translation>仅针对此部分。方向键移动，按住 Shift 改变大小。</translation>
    </message>
    <message>
        <source>Draw round a part to ask about it alone, or press A.</source>
        <translation>框选一部分即可单独询问，或按 A。</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Labels that fit</source>
        <translation>符合的标签</translation>
    </message>
    <message>
        <source>Live answer</source>
        <translation>实时答案</translation>
    </message>
    <message>
        <source>{count} pictures a second</source>
        <translation>每秒 {count} 帧</translation>
    </message>
    <message>
        <source>{count} answers a second</source>
        <translation>每秒 {count} 个答案</translation>
    </message>
    <message>
        <source>{count} ms an answer</source>
        <translation>每个答案 {count} 毫秒</translation>
    </message>
    <message>
        <source>Drag the square, or use the arrows; wheel, plus and minus change its size.</source>
        <translation>拖动方框或用方向键；滚轮、加号和减号改变大小。</translation>
    </message>
    <message>
        <source>There is no model that could answer.</source>
        <translation>没有可作答的模型。</translation>
    </message>
    <message>
        <source>Camera picture</source>
        <translation>摄像头画面</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>说明卡</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Add one, or drop its folder here.</source>
        <translation>添加一个，或把其文件夹拖到这里。</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型说明卡</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add a model…</source>
        <translation>添加模型…</translation>
    </message>
    <message>
        <source>Add a model: choose its folder</source>
        <translation>添加模型：选择其文件夹</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Only models that you added can be removed</source>
        <translation>只能移除您添加的模型</translation>
    </message>
    <message>
        <source>And then</source>
        <translation>接着</translation>
    </message>
    <message>
        <source>ask no other model</source>
        <translation>不再问其他模型</translation>
    </message>
    <message>
        <source>If it is {answer}:</source>
        <translation>如果是{answer}：</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>把照片文件夹拖到这里</translation>
    </message>
    <message>
        <source>Each photo gets its answer as you watch. Single photos are welcome too.</source>
        <translation>每张照片会当面得到答案。单张照片也可以。</translation>
    </message>
    <message>
        <source>Photos stay on this computer, as they are.</source>
        <translation>照片保留在本机，原样不变。</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>这里没有照片</translation>
    </message>
    <message>
        <source>The folder is empty. Drop another one, or open it.</source>
        <translation>文件夹是空的。请拖入或打开另一个。</translation>
    </message>
    <message>
        <source>All that are open: {photos}</source>
        <translation>全部打开的：{photos}</translation>
    </message>
    <message>
        <source>Those that are shown: {photos}</source>
        <translation>当前显示的：{photos}</translation>
    </message>
    <message>
        <source>Those that are selected: {photos}</source>
        <translation>所选的：{photos}</translation>
    </message>
    <message>
        <source>Selected photo</source>
        <translation>所选照片</translation>
    </message>
    <message>
        <source>Select a photo to see it here.</source>
        <translation>选择一张照片在此查看。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Choose the folder for snapshots</source>
        <translation>选择快照文件夹</translation>
    </message>
    <message>
        <source>The language changes when Whatsit is opened again.</source>
        <translation>重新打开 Whatsit 后语言生效。</translation>
    </message>
    <message>
        <source>{count} labels</source>
        <translation>{count} 个标签</translation>
    </message>
    <message>
        <source>For {subject}</source>
        <translation>适用于：{subject}</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>Sort photos into folders</source>
        <translation>把照片整理到文件夹</translation>
    </message>
    <message>
        <source>A folder for each answer. Nothing is replaced, and every sorting can be undone.</source>
        <translation>每个答案一个文件夹。不会替换任何文件，每次整理都可撤销。</translation>
    </message>
    <message>
        <source>Keep sub-folders below each answer</source>
        <translation>在各答案下保留子文件夹</translation>
    </message>
    <message>
        <source>What is going to happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Undo this</source>
        <translation>撤销这次</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>放到</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Say where the folders are to be made.</source>
        <translation>请说明在哪里建文件夹。</translation>
    </message>
    <message>
        <source>Where to make the folders</source>
        <translation>在哪里建文件夹</translation>
    </message>
    <message>
        <source>Looking at what is to be done…</source>
        <translation>正在查看要做的事…</translation>
    </message>
    <message>
        <source>{done} of {all} files</source>
        <translation>{done} / {all} 个文件</translation>
    </message>
    <message>
        <source>Undo a sort takes it back, now or any day later.</source>
        <translation>“撤销整理”可随时撤回，现在或以后。</translation>
    </message>
    <message>
        <source>Stopped: {files} done.</source>
        <translation>已停止：完成 {files}。</translation>
    </message>
    <message>
        <source>{files} done.</source>
        <translation>完成 {files}。</translation>
    </message>
    <message>
        <source>Copy: the photos stay where they are as well</source>
        <translation>复制：照片也保留在原处</translation>
    </message>
    <message>
        <source>Move: each photo leaves its place</source>
        <translation>移动：照片离开原处</translation>
    </message>
    <message>
        <source>Hard links: no room taken, on the same disk</source>
        <translation>硬链接：不占空间，同一磁盘</translation>
    </message>
    <message>
        <source>Symbolic links: they point to the photos where they are</source>
        <translation>符号链接：指向照片原处</translation>
    </message>
    <message>
        <source>Copy {photos}</source>
        <translation>复制 {photos}</translation>
    </message>
    <message>
        <source>Move {photos}</source>
        <translation>移动 {photos}</translation>
    </message>
    <message>
        <source>Link {photos}</source>
        <translation>链接 {photos}</translation>
    </message>
    <message>
        <source>There is nothing to sort.</source>
        <translation>没有可整理的。</translation>
    </message>
    <message>
        <source>{count} of {all} files found are sorted into {folders} folders.</source>
        <translation>找到的 {all} 个文件中有 {count} 个整理到 {folders} 个文件夹。</translation>
    </message>
    <message>
        <source>They take {needed}; {free} are free.</source>
        <translation>需要 {needed}，可用 {free}。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>{rate} 张/秒</translation>
    </message>
    <message>
        <source>As the model has it: what you said counts in the list of answers.</source>
        <translation>按模型的判断；您更正的结果计入左侧列表。</translation>
    </message>
    <message>
        <source>Paused: {done} of {found} done</source>
        <translation>已暂停：已完成 {done} / {found}</translation>
    </message>
    <message>
        <source>Stopped: {done} of {found} done</source>
        <translation>已停止：已完成 {done} / {found}</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>不到一秒</translation>
    </message>
    <message>
        <source>{photos} found · opening the model…</source>
        <translation>找到 {photos} · 正在打开模型…</translation>
    </message>
    <message>
        <source>{done} of {found} · still looking…</source>
        <translation>{done} / {found} · 仍在查找…</translation>
    </message>
    <message>
        <source>{done} of {found}</source>
        <translation>{done} / {found}</translation>
    </message>
    <message>
        <source>{done} · {time} left</source>
        <translation>{done} · 剩余 {time}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>How sure an answer must be</source>
        <translation>答案须有多大把握</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Search by file name (Ctrl+F); Esc shows all again</source>
        <translation>按文件名搜索（Ctrl+F）；Esc 重新显示全部</translation>
    </message>
    <message>
        <source>What was moved goes back, what was made is removed; what has changed since is left, and named.</source>
        <translation>移动的放回，新建的删除；之后改动过的保留并列出。</translation>
    </message>
    <message>
        <source>Undo a sort</source>
        <translation>撤销整理</translation>
    </message>
    <message>
        <source>Sort runs</source>
        <translation>整理记录</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Undo this sort</source>
        <translation>撤销此次整理</translation>
    </message>
    <message>
        <source>Looking at what was sorted…</source>
        <translation>正在查看整理记录…</translation>
    </message>
    <message>
        <source>Nothing was sorted yet.</source>
        <translation>还没有整理过。</translation>
    </message>
    <message>
        <source>{done} of {all} files undone.</source>
        <translation>已撤销 {done} / {all} 个文件。</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>已移动</translation>
    </message>
    <message>
        <source>linked</source>
        <translation>已链接</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>partly undone</source>
        <translation>部分撤销</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Play a video file</source>
        <translation>播放视频文件</translation>
    </message>
    <message>
        <source>Switching the camera on…</source>
        <translation>正在打开摄像头…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>已保存为 {file}</translation>
    </message>
    <message>
        <source>the camera cannot be used ({reason}).</source>
        <translation>无法使用摄像头（{reason}）。</translation>
    </message>
    <message>
        <source>Another program may be using it: close that, then try again.</source>
        <translation>可能有其他程序正在使用：请关闭它再试。</translation>
    </message>
    <message>
        <source>there are no pictures in it</source>
        <translation>其中没有画面</translation>
    </message>
    <message>
        <source>this video cannot be played ({reason}).</source>
        <translation>无法播放此视频（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another file; MP4, WebM, MOV, AVI and MKV can be played most often.</source>
        <translation>请选择其他文件；通常可播放 MP4、WebM、MOV、AVI 和 MKV。</translation>
    </message>
    <message>
        <source>{camera} was unplugged.</source>
        <translation>{camera} 已拔出。</translation>
    </message>
    <message>
        <source>the camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Plug it in again, and it goes on by itself.</source>
        <translation>重新插上即可自动继续。</translation>
    </message>
    <message>
        <source>Allow it in System Settings, Privacy &amp; Security, Camera; then try again.</source>
        <translation>请在“系统设置 › 隐私与安全性 › 摄像头”中允许，然后重试。</translation>
    </message>
    <message>
        <source>Allow it in Settings, Privacy &amp; security, Camera; then try again.</source>
        <translation>请在“设置 › 隐私和安全性 › 相机”中允许，然后重试。</translation>
    </message>
    <message>
        <source>Your user must be in the group “video”: sudo usermod -aG video $USER</source>
        <translation>您的用户须在“video”组中：sudo usermod -aG video $USER</translation>
    </message>
    <message>
        <source>Whatsit may not use the camera.</source>
        <translation>Whatsit 无权使用摄像头。</translation>
    </message>
    <message>
        <source>no camera was found.</source>
        <translation>未找到摄像头。</translation>
    </message>
    <message>
        <source>Plug one in and it is taken at once, or play a video file.</source>
        <translation>插上即可使用，或播放视频文件。</translation>
    </message>
    <message>
        <source>the camera gives no picture.</source>
        <translation>摄像头没有画面。</translation>
    </message>
    <message>
        <source>the answers cannot be written ({reason}).</source>
        <translation>无法写入答案（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>Something went wrong inside Whatsit.</source>
        <translation>Whatsit 内部出错。</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>详情见日志。</translation>
    </message>
    <message>
        <source>this model is not to be trusted here: {check} failed ({measured}).</source>
        <translation>此模型在本机不可信：{check} 未通过（{measured}）。</translation>
    </message>
    <message>
        <source>Get it again from where it came from.</source>
        <translation>请从来源重新获取。</translation>
    </message>
    <message>
        <source>the snapshot cannot be written ({reason}).</source>
        <translation>无法写入快照（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another folder for snapshots.</source>
        <translation>请为快照选择其他文件夹。</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>最近的文件夹</translation>
    </message>
    <message>
        <source>No folder was open yet</source>
        <translation>还没有打开过文件夹</translation>
    </message>
    <message>
        <source>What you said of {photo} could not be kept: {reason}</source>
        <translation>您对 {photo} 的判断无法保存：{reason}</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place} 张，共 {count} 张</translation>
    </message>
    <message>
        <source>file unchanged</source>
        <translation>文件未改变</translation>
    </message>
    <message>
        <source>other files unchanged</source>
        <translation>其他文件未改变</translation>
    </message>
    <message>
        <source>loads</source>
        <translation>可以加载</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>file labels</source>
        <translation>文件中的标签</translation>
    </message>
    <message>
        <source>golden shapes</source>
        <translation>标准形状</translation>
    </message>
    <message>
        <source>one photo alone</source>
        <translation>单张照片</translation>
    </message>
    <message>
        <source>golden pictures</source>
        <translation>标准图片</translation>
    </message>
    <message>
        <source>golden pixels</source>
        <translation>标准像素</translation>
    </message>
    <message>
        <source>golden answers</source>
        <translation>标准答案</translation>
    </message>
    <message>
        <source>golden {output}</source>
        <translation>标准 {output}</translation>
    </message>
    <message>
        <source>{amount} apart</source>
        <translation>相差 {amount}</translation>
    </message>
    <message>
        <source>{amount} of 255 apart</source>
        <translation>相差 {amount}（共 255）</translation>
    </message>
    <message>
        <source>at most {amount}</source>
        <translation>最多 {amount}</translation>
    </message>
    <message>
        <source>{right} of {count} the same</source>
        <translation>{count} 个中有 {right} 个相同</translation>
    </message>
    <message>
        <source>no picture has such a lead: nothing to compare</source>
        <translation>没有一张图片有这样的领先：无从比较</translation>
    </message>
    <message>
        <source>all with a lead over {amount}</source>
        <translation>领先超过 {amount} 的全部</translation>
    </message>
    <message>
        <source>the same in {count} lists</source>
        <translation>{count} 个列表中相同</translation>
    </message>
    <message>
        <source>no other list is there</source>
        <translation>没有其他列表</translation>
    </message>
    <message>
        <source>the file lists none</source>
        <translation>文件中没有列出</translation>
    </message>
    <message>
        <source>as in bundle.json</source>
        <translation>与 bundle.json 相同</translation>
    </message>
    <message>
        <source>batch {counts}</source>
        <translation>批量 {counts}</translation>
    </message>
    <message>
        <source>every file</source>
        <translation>每个文件</translation>
    </message>
    <message>
        <source>all {count}</source>
        <translation>全部 {count} 个</translation>
    </message>
    <message>
        <source>a golden picture</source>
        <translation>一张标准图片</translation>
    </message>
    <message>
        <source>the bundle has no variant for it</source>
        <translation>该模型没有用于它的文件</translation>
    </message>
    <message>
        <source>the graph does not give it</source>
        <translation>模型图没有这个输出</translation>
    </message>
    <message>
        <source>CUDA is not for macOS</source>
        <translation>macOS 不支持 CUDA</translation>
    </message>
    <message>
        <source>this onnxruntime is built without CUDA</source>
        <translation>此 onnxruntime 不含 CUDA 支持</translation>
    </message>
    <message>
        <source>no NVIDIA GPU with a working driver was found</source>
        <translation>未找到带可用驱动的 NVIDIA GPU</translation>
    </message>
    <message>
        <source>Use --device auto or cpu</source>
        <translation>请改用“经验证最快的”或“处理器（CPU）”</translation>
    </message>
    <message>
        <source>Use --device cpu</source>
        <translation>请改用处理器（CPU）</translation>
    </message>
    <message>
        <source>Install CUDA&apos;s libraries with: pip install &apos;whatsit[cuda]&apos;; or use --device cpu</source>
        <translation>安装 CUDA 库：pip install &apos;whatsit[cuda]&apos;；或改用处理器（CPU）</translation>
    </message>
    <message>
        <source>int8 is for the CPU</source>
        <translation>int8 用于处理器（CPU）</translation>
    </message>
    <message>
        <source>Use --variant auto, fp32 or fp16 with CUDA</source>
        <translation>用 CUDA 时请选“经验证最快的”、fp32 或 fp16</translation>
    </message>
    <message>
        <source>the bundle has no variant for CUDA</source>
        <translation>该模型没有用于 CUDA 的文件</translation>
    </message>
    <message>
        <source>CUDA takes fp32 or fp16</source>
        <translation>CUDA 使用 fp32 或 fp16</translation>
    </message>
    <message>
        <source>CUDA cannot be proven: {reason}</source>
        <translation>无法在 CUDA 上验证：{reason}</translation>
    </message>
    <message>
        <source>CUDA does not take the model ({reason})</source>
        <translation>CUDA 不接受该模型（{reason}）</translation>
    </message>
    <message>
        <source>onnxruntime cannot start CUDA: its CUDA or cuDNN libraries do not load</source>
        <translation>onnxruntime 无法启动 CUDA：CUDA 或 cuDNN 库无法加载</translation>
    </message>
    <message>
        <source>{variant} cannot be used: {reason}</source>
        <translation>{variant} 无法使用：{reason}</translation>
    </message>
    <message>
        <source>{variant} does not give the golden answers on this {device} ({said})</source>
        <translation>{variant} 在此 {device} 上给不出标准答案（{said}）</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>处理器（CPU）</translation>
    </message>
    <message>
        <source>{variant} cannot be proven: {reason}</source>
        <translation>无法验证 {variant}：{reason}</translation>
    </message>
    <message>
        <source>the model cannot be proven: {reason}</source>
        <translation>无法验证该模型：{reason}</translation>
    </message>
    <message>
        <source>Use --variant auto</source>
        <translation>请选“经验证最快的”</translation>
    </message>
    <message>
        <source>&apos;whatsit check&apos; shows every check</source>
        <translation>“在本机检查”会显示每一项检查</translation>
    </message>
    <message>
        <source>&apos;whatsit check&apos; shows every check; --variant auto takes what passes</source>
        <translation>“在本机检查”会显示每一项检查；“经验证最快的”会采用通过的文件</translation>
    </message>
    <message>
        <source>the golden pictures cannot be read ({reason})</source>
        <translation>无法读取标准图片（{reason}）</translation>
    </message>
    <message>
        <source>the expected probabilities are missing</source>
        <translation>缺少预期的概率</translation>
    </message>
    <message>
        <source>the expected probabilities are not of {count} labels</source>
        <translation>预期的概率不是 {count} 个标签的</translation>
    </message>
    <message>
        <source>the expected {names} are no floating-point numbers</source>
        <translation>预期的 {names} 不是浮点数</translation>
    </message>
    <message>
        <source>two golden pictures have the same stem</source>
        <translation>两张标准图片同名</translation>
    </message>
    <message>
        <source>pictures, pixels and outputs differ in number</source>
        <translation>图片、像素和输出的数量不一致</translation>
    </message>
    <message>
        <source>{file} is not of {width} by {height} pixels</source>
        <translation>{file} 不是 {width} × {height} 像素</translation>
    </message>
    <message>
        <source>the arrays need more memory than there is</source>
        <translation>数组需要的内存超过了现有内存</translation>
    </message>
    <message>
        <source>this is no file of arrays ({reason})</source>
        <translation>这不是数组文件（{reason}）</translation>
    </message>
    <message>
        <source>the arrays are larger than {size} MB</source>
        <translation>数组大于 {size} MB</translation>
    </message>
    <message>
        <source>this bundle has no {variant} variant;</source>
        <translation>该模型没有 {variant} 文件；</translation>
    </message>
    <message>
        <source>it has {names}</source>
        <translation>现有：{names}</translation>
    </message>
    <message>
        <source>{file} is missing or is not the file that was proven</source>
        <translation>{file} 不存在，或不是验证过的文件</translation>
    </message>
    <message>
        <source>{file} is missing or another</source>
        <translation>{file} 不存在，或是另一个文件</translation>
    </message>
    <message>
        <source>Get the bundle again from where it came from</source>
        <translation>请从来源重新获取该模型</translation>
    </message>
    <message>
        <source>no bundle here: {file} cannot be read ({reason})</source>
        <translation>这里没有模型：无法读取 {file}（{reason}）</translation>
    </message>
    <message>
        <source>{file} is not valid: {reason}</source>
        <translation>{file} 无效：{reason}</translation>
    </message>
    <message>
        <source>{file} is not valid ({reason})</source>
        <translation>{file} 无效（{reason}）</translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason})</source>
        <translation>无法读取 {file}（{reason}）</translation>
    </message>
    <message>
        <source>{file} leads out of the bundle&apos;s folder</source>
        <translation>{file} 指向模型文件夹之外</translation>
    </message>
    <message>
        <source>{file} is not a file</source>
        <translation>{file} 不是文件</translation>
    </message>
    <message>
        <source>{file} is larger than {size} MB</source>
        <translation>{file} 大于 {size} MB</translation>
    </message>
    <message>
        <source>the label lists do not agree: {reason}</source>
        <translation>各标签列表不一致：{reason}</translation>
    </message>
    <message>
        <source>Answers could be named wrongly: get the bundle again from where it came from</source>
        <translation>结果的名称可能出错：请从来源重新获取该模型</translation>
    </message>
    <message>
        <source>the file&apos;s labels are no JSON list of names</source>
        <translation>文件中的标签不是 JSON 名称列表</translation>
    </message>
    <message>
        <source>id2label has gaps</source>
        <translation>id2label 有空缺</translation>
    </message>
    <message>
        <source>label2id is not id2label turned round</source>
        <translation>label2id 不是 id2label 的反向对应</translation>
    </message>
    <message>
        <source>{file} has {label} at {number}, bundle.json {wanted}</source>
        <translation>{file} 的第 {number} 项是 {label}，bundle.json 是 {wanted}</translation>
    </message>
    <message>
        <source>the model keeps weights in other files, which nobody has proven</source>
        <translation>该模型把权重放在其他未经验证的文件中</translation>
    </message>
    <message>
        <source>the model cannot be loaded ({reason})</source>
        <translation>无法加载该模型（{reason}）</translation>
    </message>
    <message>
        <source>the model cannot run on this {device} ({reason})</source>
        <translation>该模型无法在此 {device} 上运行（{reason}）</translation>
    </message>
    <message>
        <source>Close other programs, or use --device cpu</source>
        <translation>请关闭其他程序，或改用处理器（CPU）</translation>
    </message>
    <message>
        <source>the model takes {given}, not image uint8 [N, {height}, {width}, 3]</source>
        <translation>该模型的输入是 {given}，而不是 image uint8 [N, {height}, {width}, 3]</translation>
    </message>
    <message>
        <source>the model does not give {output}, only {outputs}</source>
        <translation>该模型没有输出 {output}，只有 {outputs}</translation>
    </message>
    <message>
        <source>{output} is {shape}, not float32 {wanted}</source>
        <translation>{output} 是 {shape}，而不是 float32 {wanted}</translation>
    </message>
    <message>
        <source>the output probabilities is missing</source>
        <translation>缺少输出 probabilities</translation>
    </message>
    <message>
        <source>{count} labels do not fit {shape} probabilities</source>
        <translation>{count} 个标签与 {shape} 个概率不符</translation>
    </message>
    <message>
        <source>novelty is {shape}, not one number a photo</source>
        <translation>novelty 是 {shape}，而不是每张照片一个数</translation>
    </message>
    <message>
        <source>there is no model named {name}</source>
        <translation>没有名为 {name} 的模型</translation>
    </message>
    <message>
        <source>Did you mean {name}?</source>
        <translation>是指 {name} 吗？</translation>
    </message>
    <message>
        <source>did you mean {name}?</source>
        <translation>是指 {name} 吗？</translation>
    </message>
    <message>
        <source>There are: {names}</source>
        <translation>现有：{names}</translation>
    </message>
    <message>
        <source>there are: {names}</source>
        <translation>现有：{names}</translation>
    </message>
    <message>
        <source>you have a model named {name} already</source>
        <translation>已有名为 {name} 的模型</translation>
    </message>
    <message>
        <source>Remove it first: whatsit models remove {name}</source>
        <translation>请先移除 {name}</translation>
    </message>
    <message>
        <source>It came with Whatsit and stays</source>
        <translation>它随 Whatsit 提供，会保留</translation>
    </message>
    <message>
        <source>you have added no model named {name}</source>
        <translation>您没有添加过名为 {name} 的模型</translation>
    </message>
    <message>
        <source>the model cannot be copied ({reason})</source>
        <translation>无法复制该模型（{reason}）</translation>
    </message>
    <message>
        <source>{step} says no next model</source>
        <translation>{step} 没有指明下一个模型</translation>
    </message>
    <message>
        <source>Write an answer and a model: --then dog=breeds</source>
        <translation>请写明结果和模型，例如 dog=breeds</translation>
    </message>
    <message>
        <source>the model {model} has no answer {label};</source>
        <translation>模型 {model} 没有 {label} 这个结果；</translation>
    </message>
    <message>
        <source>two next models are named for {label}</source>
        <translation>为 {label} 指定了两个下一个模型</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>the link leads in a circle</source>
        <translation>链接形成了循环</translation>
    </message>
    <message>
        <source>the link points to nothing</source>
        <translation>链接指向的目标不存在</translation>
    </message>
    <message>
        <source>no permission to read the file</source>
        <translation>没有读取该文件的权限</translation>
    </message>
    <message>
        <source>no permission to open the folder</source>
        <translation>没有打开该文件夹的权限</translation>
    </message>
    <message>
        <source>the folder cannot be opened ({reason})</source>
        <translation>无法打开该文件夹（{reason}）</translation>
    </message>
    <message>
        <source>the file cannot be read ({reason})</source>
        <translation>无法读取该文件（{reason}）</translation>
    </message>
    <message>
        <source>the picture cannot be read ({reason})</source>
        <translation>无法读取该图片（{reason}）</translation>
    </message>
    <message>
        <source>a pipe, not a file</source>
        <translation>是管道，不是文件</translation>
    </message>
    <message>
        <source>a socket, not a file</source>
        <translation>是套接字，不是文件</translation>
    </message>
    <message>
        <source>a device, not a file</source>
        <translation>是设备，不是文件</translation>
    </message>
    <message>
        <source>it is a pipe or a device, not a file</source>
        <translation>是管道或设备，不是文件</translation>
    </message>
    <message>
        <source>this is {kind}, not a file</source>
        <translation>这是{kind}，不是文件</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>a pipe or a device</source>
        <translation>管道或设备</translation>
    </message>
    <message>
        <source>Name a file</source>
        <translation>请指定一个文件</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>there is no such folder</source>
        <translation>没有这个文件夹</translation>
    </message>
    <message>
        <source>a link to a folder that is looked at already</source>
        <translation>指向已查看过的文件夹的链接</translation>
    </message>
    <message>
        <source>macOS&apos;s notes on another file</source>
        <translation>macOS 为另一个文件留下的附注</translation>
    </message>
    <message>
        <source>a hidden file, not a picture</source>
        <translation>是隐藏文件，不是图片</translation>
    </message>
    <message>
        <source>not a picture</source>
        <translation>不是图片</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>reading the file</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>decoding the picture</source>
        <translation>解码图片</translation>
    </message>
    <message>
        <source>running the model</source>
        <translation>运行模型</translation>
    </message>
    <message>
        <source>reading and decoding</source>
        <translation>读取和解码</translation>
    </message>
    <message>
        <source>{doing} took longer than {seconds} seconds ({how})</source>
        <translation>{doing}超过了 {seconds} 秒（{how}）</translation>
    </message>
    <message>
        <source>raise it: --limit {limit}, or in {file}</source>
        <translation>要放宽：--limit {limit}，或在 {file} 中设置</translation>
    </message>
    <message>
        <source>the file is larger than {size} MB ({how})</source>
        <translation>文件大于 {size} MB（{how}）</translation>
    </message>
    <message>
        <source>{size} pixels is over the limit of {limit} million ({how})</source>
        <translation>{size} 像素超过了 {limit} 百万的上限（{how}）</translation>
    </message>
    <message>
        <source>decoding needs {needed} MB of memory, over the limit of {limit} ({how})</source>
        <translation>解码需要 {needed} MB 内存，超过了 {limit} 的上限（{how}）</translation>
    </message>
    <message>
        <source>the file changed while it was read; try again when it is whole</source>
        <translation>文件在读取时发生了变化；等它完整后再试</translation>
    </message>
    <message>
        <source>the picture needs more memory than there is</source>
        <translation>图片需要的内存超过了现有内存</translation>
    </message>
    <message>
        <source>the picture is damaged ({reason})</source>
        <translation>图片已损坏（{reason}）</translation>
    </message>
    <message>
        <source>an item without a name</source>
        <translation>有一项没有名称</translation>
    </message>
    <message>
        <source>this is not a picture that can be read</source>
        <translation>这不是可以读取的图片</translation>
    </message>
    <message>
        <source>JPEG XL pictures cannot be read; save it as JPEG</source>
        <translation>无法读取 JPEG XL 图片；请另存为 JPEG</translation>
    </message>
    <message>
        <source>this AVIF picture is damaged or of a kind that cannot be read</source>
        <translation>该 AVIF 图片已损坏，或属于无法读取的类型</translation>
    </message>
    <message>
        <source>this Pillow reads no AVIF: pip install --upgrade pillow</source>
        <translation>此版本的 Pillow 不能读取 AVIF：pip install --upgrade pillow</translation>
    </message>
    <message>
        <source>this HEIC picture is damaged or of a kind that cannot be read</source>
        <translation>该 HEIC 图片已损坏，或属于无法读取的类型</translation>
    </message>
    <message>
        <source>HEIC pictures need the extra: pip install &apos;whatsit[heic]&apos;</source>
        <translation>HEIC 图片需要附加组件：pip install &apos;whatsit[heic]&apos;</translation>
    </message>
    <message>
        <source>raw photos need rawpy: pip install rawpy</source>
        <translation>RAW 照片需要 rawpy：pip install rawpy</translation>
    </message>
    <message>
        <source>this raw photo holds no preview; save it as JPEG</source>
        <translation>该 RAW 照片不含预览图；请另存为 JPEG</translation>
    </message>
    <message>
        <source>this raw photo is damaged or of an unknown camera ({reason})</source>
        <translation>该 RAW 照片已损坏，或来自未知的相机（{reason}）</translation>
    </message>
    <message>
        <source>this raw photo is cut off inside its preview</source>
        <translation>该 RAW 照片的预览图不完整</translation>
    </message>
    <message>
        <source>{count} photos at once cannot be read in time</source>
        <translation>{count} 张照片同时无法按时读取</translation>
    </message>
    <message>
        <source>Is the disk still there? Try again once it answers</source>
        <translation>磁盘还在吗？等它有响应后再试</translation>
    </message>
    <message>
        <source>the limits cannot be read ({reason})</source>
        <translation>无法读取上限设置（{reason}）</translation>
    </message>
    <message>
        <source>there is no limit {name};</source>
        <translation>没有名为 {name} 的上限；</translation>
    </message>
    <message>
        <source>the limit {name} takes a number above zero, not {value}</source>
        <translation>上限 {name} 须为大于零的数，而不是 {value}</translation>
    </message>
    <message>
        <source>this cannot be read or written ({reason})</source>
        <translation>无法读取或写入（{reason}）</translation>
    </message>
    <message>
        <source>Make room and allow writing there, or move the file away</source>
        <translation>请腾出空间并允许写入，或把该文件移走</translation>
    </message>
    <message>
        <source>the photo cannot be read any more</source>
        <translation>照片已无法读取</translation>
    </message>
    <message>
        <source>the photo that it belongs to stays</source>
        <translation>它所属的照片留在原处</translation>
    </message>
    <message>
        <source>the photo beside it stays</source>
        <translation>旁边的照片留在原处</translation>
    </message>
    <message>
        <source>Nothing was touched</source>
        <translation>什么都没有改动</translation>
    </message>
    <message>
        <source>Nothing is lost: when that is mended, sort again to go on, or take it back: whatsit undo {run}</source>
        <translation>没有丢失任何东西：问题解决后再次整理即可继续，也可撤销 {run}</translation>
    </message>
    <message>
        <source>Nothing is lost: when that is mended, go on: whatsit undo {run}</source>
        <translation>没有丢失任何东西：问题解决后继续撤销 {run}</translation>
    </message>
    <message>
        <source>Nothing is lost: when that is mended, tag again to go on, or: whatsit undo {run}</source>
        <translation>没有丢失任何东西：问题解决后再次标记即可继续，也可撤销 {run}</translation>
    </message>
    <message>
        <source>every file was seen to, but the run could not be ended: {reason}</source>
        <translation>所有文件都已处理，但无法结束此次整理：{reason}</translation>
    </message>
    <message>
        <source>the run stopped here: {reason}</source>
        <translation>整理在此停止：{reason}</translation>
    </message>
    <message>
        <source>a file is where its folder is to be: {folder}</source>
        <translation>应建文件夹的位置上有一个文件：{folder}</translation>
    </message>
    <message>
        <source>it changed meanwhile</source>
        <translation>它在此期间发生了变化</translation>
    </message>
    <message>
        <source>it changed since it was answered</source>
        <translation>识别之后它发生了变化</translation>
    </message>
    <message>
        <source>it changed since it was sorted</source>
        <translation>整理之后它发生了变化</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>it is no file any more</source>
        <translation>它已不再是文件</translation>
    </message>
    <message>
        <source>something else is where it was</source>
        <translation>它原来的位置上有别的东西</translation>
    </message>
    <message>
        <source>what was kept of it from before is gone</source>
        <translation>此前保留的内容已不存在</translation>
    </message>
    <message>
        <source>the photo that it was made of is gone or changed: this may be the only one left</source>
        <translation>原照片已不存在或已改变：这可能是仅存的一份</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>no more space is allowed on the disk</source>
        <translation>磁盘配额已用完</translation>
    </message>
    <message>
        <source>the disk cannot be written</source>
        <translation>磁盘无法写入</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>the name or the path is too long for the disk</source>
        <translation>名称或路径对该磁盘来说太长</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>磁盘报告错误</translation>
    </message>
    <message>
        <source>the disk is not there any more</source>
        <translation>磁盘已不在</translation>
    </message>
    <message>
        <source>it, or the folder that it is to be in, is gone</source>
        <translation>它或它要放入的文件夹已不存在</translation>
    </message>
    <message>
        <source>the copy is not what was written</source>
        <translation>副本与写入的内容不符</translation>
    </message>
    <message>
        <source>the journal of this sort run is damaged</source>
        <translation>此次整理的日志已损坏</translation>
    </message>
    <message>
        <source>the journal cannot be written ({reason}), and without it no photo is touched</source>
        <translation>无法写入日志（{reason}），没有日志就不会动任何照片</translation>
    </message>
    <message>
        <source>Make room and allow writing there, then do the same again; WHATSIT_HOME says where it is</source>
        <translation>请腾出空间并允许写入，然后再试；位置由 WHATSIT_HOME 指定</translation>
    </message>
    <message>
        <source>there is no sort run {run}</source>
        <translation>没有名为 {run} 的整理</translation>
    </message>
    <message>
        <source>there is no sort run {run} ({reason})</source>
        <translation>没有名为 {run} 的整理（{reason}）</translation>
    </message>
    <message>
        <source>there is no sort run {run};</source>
        <translation>没有名为 {run} 的整理；</translation>
    </message>
    <message>
        <source>see: whatsit undo --list</source>
        <translation>见“撤销整理”的列表</translation>
    </message>
    <message>
        <source>there is no sort run to undo</source>
        <translation>没有可以撤销的整理</translation>
    </message>
    <message>
        <source>the sort run {run} is undone already</source>
        <translation>整理 {run} 已经撤销</translation>
    </message>
    <message>
        <source>its disk does not answer: {reason}</source>
        <translation>它的磁盘没有响应：{reason}</translation>
    </message>
    <message>
        <source>another sort run is at work here</source>
        <translation>这里正在进行另一次整理</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it</source>
        <translation>请等它完成，或将其停止</translation>
    </message>
    <message>
        <source>it lies in the destination already</source>
        <translation>它已在目标文件夹中</translation>
    </message>
    <message>
        <source>it is in its folder already</source>
        <translation>它已在自己的文件夹中</translation>
    </message>
    <message>
        <source>it is reached by a link; only photos themselves are moved</source>
        <translation>它是通过链接找到的；只移动照片本身</translation>
    </message>
    <message>
        <source>a copy that is not whole, of a sort run that was cut off</source>
        <translation>中断的整理留下的不完整副本</translation>
    </message>
    <message>
        <source>hard links cannot lead to another disk</source>
        <translation>硬链接不能跨磁盘</translation>
    </message>
    <message>
        <source>{file} was made of it by {run}</source>
        <translation>{run} 已由它生成 {file}</translation>
    </message>
    <message>
        <source>{folder} cannot be written</source>
        <translation>{folder} 无法写入</translation>
    </message>
    <message>
        <source>{folder} is not a folder</source>
        <translation>{folder} 不是文件夹</translation>
    </message>
    <message>
        <source>the destination&apos;s disk has {free} MB free, and {needed} MB are needed</source>
        <translation>目标磁盘剩余 {free} MB，需要 {needed} MB</translation>
    </message>
    <message>
        <source>the sidecar changed since it was looked at</source>
        <translation>附属文件在查看后发生了变化</translation>
    </message>
    <message>
        <source>its sidecar has these keywords already</source>
        <translation>它的附属文件已有这些关键词</translation>
    </message>
    <message>
        <source>a person says that no label is right</source>
        <translation>有人说没有合适的标签</translation>
    </message>
    <message>
        <source>a sidecar was made since it was looked for</source>
        <translation>查找之后出现了附属文件</translation>
    </message>
    <message>
        <source>not sure, so that there is no keyword</source>
        <translation>不确定，因此没有关键词</translation>
    </message>
    <message>
        <source>unknown, so that there is no keyword</source>
        <translation>未知，因此没有关键词</translation>
    </message>
    <message>
        <source>its sidecar is that of {file}</source>
        <translation>它的附属文件属于 {file}</translation>
    </message>
    <message>
        <source>its sidecar {file} stays: {reason}</source>
        <translation>它的附属文件 {file} 保留：{reason}</translation>
    </message>
    <message>
        <source>this is a picture&apos;s name</source>
        <translation>这是图片的文件名</translation>
    </message>
    <message>
        <source>Name another file: {file}</source>
        <translation>请换个文件名：{file}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{sentence}.</source>
        <translation>{sentence}。</translation>
    </message>
    <message>
        <source>Large photo</source>
        <translation>大图</translation>
    </message>
    <message>
        <source>The photo before (Left)</source>
        <translation>上一张（左箭头）</translation>
    </message>
    <message>
        <source>The next photo (Right)</source>
        <translation>下一张（右箭头）</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>返回所有照片（Esc）</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>No file name here has “{text}”.</source>
        <translation>这里没有文件名包含“{text}”。</translation>
    </message>
    <message>
        <source>No photo is here now.</source>
        <translation>这里没有照片。</translation>
    </message>
    <message>
        <source>This model has no heat map.</source>
        <translation>此模型没有热力图。</translation>
    </message>
    <message>
        <source>No part of it speaks for the best label: the map is empty.</source>
        <translation>没有任何部分支持最佳标签：热力图是空的。</translation>
    </message>
</context>
</TS>

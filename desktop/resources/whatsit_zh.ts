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
        <source>cat</source>
        <translation>猫</translation>
    </message>
    <message>
        <source>dog</source>
        <translation>狗</translation>
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
        <source>Of this part alone.</source>
        <translation>仅针对此部分。</translation>
    </message>
    <message>
        <source>Draw round a part to ask about it alone.</source>
        <translation>框选一部分即可单独询问。</translation>
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
        <source>Paused: {done} of {found} answered</source>
        <translation>已暂停：已识别 {done} / {found}</translation>
    </message>
    <message>
        <source>Stopped: {done} of {found} answered</source>
        <translation>已停止：已识别 {done} / {found}</translation>
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
</context>
</TS>
